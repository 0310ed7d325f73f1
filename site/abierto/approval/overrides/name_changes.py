"""Limit changes of public names to the state team, and record them."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.ledger.hashing import digest
from abierto.approval.ledger.imports import current_import
from abierto.approval.models import Approval, ApprovalKind, StandIn, TraceSettings
from abierto.approval.notifications import EmailText, notify, state_team
from abierto.approval.roles.grants import acting_user, is_state_administrator

from .direct_changes import check_private_data, check_setting_change

NAME_FIELDS = ("first_name", "last_name", "post")
"""What the public reads of an account."""
PREVIOUS_NAME = "_approval_name_before"


def check_trace_setting(sender: type[models.Model], instance: TraceSettings, **kwargs: Any) -> None:
    """Refuse a change of the setting below the state level, and record it in the ledger."""
    check_setting_change(instance, "by_post", describe_setting)


def describe_setting(settings: TraceSettings) -> str:
    """Return the text of the ledger for a choice of this setting."""
    return _("ahora muestra cargos.") if settings.by_post else _("ahora muestra nombres y cargos.")


def is_named_in_public(account: User) -> bool:
    """Check whether the ledger names ``account``."""
    decided = Approval.objects.filter(Q(reporter=account) | Q(approver=account))
    return decided.exists() or StandIn.objects.filter(absent=account).exists()


def check_name_change(
    sender: type[models.Model], instance: User, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    """Refuse a change of a public name by an account below the state level, also by its owner.

    Every page with a decision of that account would show the new name at once.
    """
    by = acting_user()
    instance.__dict__.pop(PREVIOUS_NAME, None)
    if (
        by is None
        or current_import()
        or (update_fields is not None and not {*NAME_FIELDS} & {*update_fields})
    ):
        return
    stored = User._base_manager.filter(pk=instance.pk).first()
    if stored is None or all(getattr(stored, name) == getattr(instance, name) for name in NAME_FIELDS):
        return
    if not is_named_in_public(stored):
        return
    if not is_state_administrator(by):
        raise NotAllowed(
            _("Tu nombre y tu cargo se leen en público. Los cambia la administración estatal: pídeselo.")
        )
    check_private_data(instance, NAME_FIELDS)
    setattr(instance, PREVIOUS_NAME, stored.public_name)


def record_name_change(sender: type[models.Model], instance: User, **kwargs: Any) -> None:
    """Record the previous name in the ledger, and notify the state team."""
    before, by = instance.__dict__.pop(PREVIOUS_NAME, None), acting_user()
    if before is None or by is None:
        return
    done = _("cambió «%(before)s» por «%(now)s».") % {"before": before, "now": instance.public_name}
    sha = digest(User, {name: getattr(instance, name) for name in NAME_FIELDS})
    Approval.record(instance, ApprovalKind.DIRECT, sha=sha, approver=by, reporter=by, comment=done)

    def write(reader: User) -> EmailText:
        text = _("%(who)s: %(done)s Se ve en público desde ahora.") % {"who": by.public_name, "done": done}
        return _("Cambió cómo se lee a una persona"), text

    notify(state_team(), write, by)


def connect() -> None:
    pre_save.connect(check_trace_setting, sender=TraceSettings, dispatch_uid="abierto.approval.guard_choice")
    pre_save.connect(check_name_change, sender=User, dispatch_uid="abierto.approval.guard_name")
    post_save.connect(record_name_change, sender=User, dispatch_uid="abierto.approval.note_name")
