"""How the portal presents itself on every page: the state team alone changes it, on record."""

from typing import Any

from django.db.models.signals import pre_save
from django.utils.translation import gettext as _

from abierto.approval.roles.grants import acting_user
from abierto.tenancy.models import PortalSettings

from .direct import check_direct_change, record_direct_change


def guard_territory(sender: type[PortalSettings], instance: PortalSettings, **kwargs: Any) -> None:
    """Refuse another territory by an account below the state level, and record the change.

    Wagtail saves an empty row when the screen is opened: that is no change.
    """
    stored = PortalSettings.objects.filter(pk=instance.pk).first() if instance.pk else None
    if instance.territory == (stored.territory if stored else ""):
        return
    check_direct_change(instance, acting_user())
    if stored is not None:
        record_direct_change(instance, acting_user(), description_of(instance))


def description_of(settings: PortalSettings) -> str:
    """Return the sentence for the ledger."""
    if settings.territory:
        return _("ahora el portal dice que es el del estado de %(name)s.") % {"name": settings.territory}
    return _("ahora el portal no dice de qué estado es.")


def connect() -> None:
    """Connect the signal receivers."""
    pre_save.connect(guard_territory, sender=PortalSettings, dispatch_uid="abierto.approval.guard_territory")
