"""Guard of the portal settings shown on every page: only the state team changes them, on record."""

from typing import Any

from django.db.models.signals import pre_save
from django.utils.translation import gettext as _

from abierto.tenancy.models import PortalSettings

from .direct import check_setting_change


def guard_territory(sender: type[PortalSettings], instance: PortalSettings, **kwargs: Any) -> None:
    """Refuse a change of territory by an account below the state level, and record any other."""
    check_setting_change(instance, "territory", description_of)


def description_of(settings: PortalSettings) -> str:
    """Return the sentence for the ledger."""
    if settings.territory:
        return _("ahora el portal dice que es el del estado de %(name)s.") % {"name": settings.territory}
    return _("ahora el portal no dice de qué estado es.")


def guard_contact_email(sender: type[PortalSettings], instance: PortalSettings, **kwargs: Any) -> None:
    """Do the same for the mailbox at the foot of every page."""
    check_setting_change(instance, "contact_email", describe_contact_email)


def describe_contact_email(settings: PortalSettings) -> str:
    """Return the sentence for the ledger."""
    if settings.contact_email:
        return _("ahora el correo oficial del portal es %(email)s.") % {"email": settings.contact_email}
    return _("ahora el portal no dice a qué correo escribirle.")


def connect() -> None:
    for guard in (guard_territory, guard_contact_email):
        pre_save.connect(guard, sender=PortalSettings, dispatch_uid=f"abierto.approval.{guard.__name__}")
