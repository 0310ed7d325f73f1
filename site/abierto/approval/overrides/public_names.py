"""How the public reads who reported and who approved: the state's team alone changes it, on record."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.ledger.hashing import digest
from abierto.approval.ledger.imports import importing
from abierto.approval.models import Approval, Kind, StandIn, TraceSettings
from abierto.approval.notifications import state_team, tell
from abierto.approval.roles.grants import actor, runs_the_state

from .direct import check_direct, record_direct

NAMED = ("first_name", "last_name", "post")
"""What the public reads of an account."""
RENAMED = "_approval_name_before"


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


def is_read_in_public(account: User) -> bool:
    """Say whether the ledger names ``account`` somewhere."""
    decided = Approval.objects.filter(Q(reporter=account) | Q(approver=account))
    return decided.exists() or StandIn.objects.filter(absent=account).exists()


def guard_name(
    sender: type[models.Model], instance: User, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    """Refuse another name, below the state level, for somebody whom the public reads: also to herself.

    Every page on which she reported or approved would say it at once.
    """
    by = actor()
    instance.__dict__.pop(RENAMED, None)
    if by is None or importing() or (update_fields is not None and not {*NAMED} & {*update_fields}):
        return
    stored = User._base_manager.filter(pk=instance.pk).first()
    if stored is None or all(getattr(stored, name) == getattr(instance, name) for name in NAMED):
        return
    if not is_read_in_public(stored):
        return
    if not runs_the_state(by):
        raise NotAllowed(
            _("Tu nombre y tu cargo se leen en público. Los cambia la administración estatal: pídeselo.")
        )
    setattr(instance, RENAMED, stored.public_name)


def note_name(sender: type[models.Model], instance: User, **kwargs: Any) -> None:
    """Write in the ledger how somebody was called, and tell the others of the state's team."""
    before, by = instance.__dict__.pop(RENAMED, None), actor()
    if before is None or by is None:
        return
    done = _("cambió «%(before)s» por «%(now)s».") % {"before": before, "now": instance.public_name}
    sha = digest(User, {name: getattr(instance, name) for name in NAMED})
    Approval.record(instance, Kind.DIRECT, sha=sha, approver=by, reporter=by, comment=done)
    text = _("%(who)s: %(done)s Se ve en público desde ahora.") % {"who": by.public_name, "done": done}
    tell(state_team(), _("Cambió cómo se lee a una persona"), text, by)


def connect() -> None:
    """Listen."""
    pre_save.connect(guard_choice, sender=TraceSettings, dispatch_uid="abierto.approval.guard_choice")
    pre_save.connect(guard_name, sender=User, dispatch_uid="abierto.approval.guard_name")
    post_save.connect(note_name, sender=User, dispatch_uid="abierto.approval.note_name")
