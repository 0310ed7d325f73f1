"""Choosing whether the public reads names or posts: the state's team alone does it, on record."""

from typing import Any

from django.db import models
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _

from abierto.editorial.alone.direct import check_direct, record_direct
from abierto.editorial.models import TraceSettings
from abierto.editorial.roles.grants import actor


def guard_choice(sender: type[models.Model], instance: TraceSettings, **kwargs: Any) -> None:
    """Refuse the choice of anybody below the state level, and write down what was chosen.

    The admin keeps a row as soon as somebody opens the screen: that one chooses nothing.
    """
    stored = TraceSettings.objects.filter(pk=instance.pk).first() if instance.pk else None
    by_post_before = stored.by_post if stored else TraceSettings().by_post
    if instance.by_post == by_post_before:
        return
    check_direct(instance, actor())
    if stored is not None:
        record_direct(instance, actor(), told(instance))


def told(settings: TraceSettings) -> str:
    """Return how the ledger tells what was chosen."""
    return _("ahora muestra cargos.") if settings.by_post else _("ahora muestra nombres y cargos.")


def connect() -> None:
    """Listen."""
    pre_save.connect(guard_choice, sender=TraceSettings, dispatch_uid="abierto.editorial.guard_choice")
