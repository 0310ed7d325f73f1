"""Signals by which accounts come to review, or are opened by somebody else."""

from collections.abc import Collection
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.models import Group
from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.models import AccountEvent, AccountRecord, ReviewTask
from abierto.approval.notifications import state_team, tell

from .grant_history import load_grant_history, record
from .grants import actor, changed_keys, check_grant, check_step, deciding_groups

KEYS_CHANGED = "_approval_keys_changed"


def guard_membership(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Collection[Any] | None, **kwargs: Any
) -> None:
    """Meet every change of who is in which group, from whichever side."""
    if action not in ("pre_add", "post_add", "post_remove") or not pk_set:
        return
    if reverse:
        groups = list(deciding_groups().filter(pk=instance.pk))
        accounts = list(User.objects.filter(pk__in=pk_set))
    else:
        groups, accounts = list(deciding_groups().filter(pk__in=pk_set)), [instance]
    if not groups:
        return
    if action == "pre_add":
        check_grant({account.pk for account in accounts}, groups, actor())
    else:
        event = AccountEvent.GRANTED if action == "post_add" else AccountEvent.TAKEN
        _record_each(event, accounts, groups)


def _record_each(event: AccountEvent, accounts: list[User], groups: list[Group]) -> None:
    """Write down each change, and tell the state's team what somebody did at the admin."""
    by = actor()
    for account in accounts:
        for group in groups:
            row = record(event, account, by, group)
            if by is not None:
                tell([*state_team(), account], _("Cambió quién decide"), sentence_of(row, by, account), by)


def sentence_of(row: AccountRecord, by: User, account: User) -> str:
    """Return what the others are told, and what is left for one of them to do."""
    told = _("%(who)s %(done)s: %(group)s, a %(account)s.") % {
        "who": by.public_name,
        "done": row.get_event_display(),
        "group": row.group_name,
        "account": account.public_name,
    }
    if row.event != AccountEvent.GRANTED or load_grant_history(account).is_attested:
        return str(told)
    todo = _("Cuenta cuando otra persona del equipo estatal lo confirme en «Papeles por confirmar».")
    return f"{told} {todo}"


def guard_step(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Collection[Any] | None, **kwargs: Any
) -> None:
    """Meet every change of which groups decide at a review's step."""
    if action == "pre_add" and pk_set and isinstance(instance, ReviewTask):
        check_step(instance, list(Group.objects.filter(pk__in=pk_set)), actor())


def note_keys(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Remember that the save under way changes what opens the account."""
    instance.__dict__[KEYS_CHANGED] = changed_keys(instance, actor())


def record_keys(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Write down who set what opens the account."""
    if instance.__dict__.pop(KEYS_CHANGED, False):
        record(AccountEvent.KEY, instance, actor())


def record_own_keys(sender: Any, user: User, **kwargs: Any) -> None:
    """Write down that the owner of an account chose her own password, with the old one or by letter."""
    record(AccountEvent.KEY, user, user)


def record_leaving(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Write down which roles an account that goes leaves behind: Django tells nobody of those rows."""
    for group in deciding_groups().filter(user=instance):
        record(AccountEvent.TAKEN, instance, actor(), group)


def connect() -> None:
    """Listen."""
    uid = "abierto.approval.roles.grants"
    m2m_changed.connect(guard_membership, sender=User.groups.through, dispatch_uid=f"{uid}.membership")
    m2m_changed.connect(guard_step, sender=ReviewTask.groups.through, dispatch_uid=f"{uid}.step")
    pre_save.connect(note_keys, sender=User, dispatch_uid=f"{uid}.note_keys")
    post_save.connect(record_keys, sender=User, dispatch_uid=f"{uid}.record_keys")
    for changed in (password_changed, password_reset, password_set):
        changed.connect(record_own_keys, dispatch_uid=f"{uid}.record_own_keys")
    pre_delete.connect(record_leaving, sender=User, dispatch_uid=f"{uid}.record_leaving")
