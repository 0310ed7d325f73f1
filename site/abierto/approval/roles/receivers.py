"""Receivers that check and record role grants and credential changes."""

from collections.abc import Collection
from functools import partial
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.models import Group
from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.models import AccountEvent, AccountRecord, ReviewTask
from abierto.approval.notifications import EmailText

from .confirmation import notify_of_role
from .grant_history import load_grant_history, record_account_event
from .grants import acting_user, changes_credentials, check_grant, check_step, deciding_groups

KEYS_CHANGED = "_approval_keys_changed"


def check_membership(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Collection[Any] | None, **kwargs: Any
) -> None:
    """Check every change of group membership, from either side of the relation."""
    if action not in ("pre_add", "post_add", "post_remove") or not pk_set:
        return
    if reverse:
        groups = list(deciding_groups().filter(pk=instance.pk))
        accounts = list(User.objects.filter(pk__in=pk_set).order_by("pk"))
    else:
        groups, accounts = list(deciding_groups().filter(pk__in=pk_set).order_by("pk")), [instance]
    if not groups:
        return
    if action == "pre_add":
        check_grant({account.pk for account in accounts}, groups, acting_user())
    else:
        event = AccountEvent.GRANTED if action == "post_add" else AccountEvent.TAKEN
        _record_and_notify(event, accounts, groups)


def _record_and_notify(event: AccountEvent, accounts: list[User], groups: list[Group]) -> None:
    """Record each change, and notify the state team of changes in the admin."""
    by = acting_user()
    for account in accounts:
        for group in groups:
            row = record_account_event(event, account, by, group)
            if by is not None:
                notify_of_role(account, partial(write_event, row, by, account), by)


def write_event(row: AccountRecord, by: User, account: User) -> EmailText:
    """Return the notification of a change, with the missing confirmation if there is one."""
    subject = _("Cambió quién decide")
    text = _("%(who)s %(done)s: %(group)s, a %(account)s.") % {
        "who": by.public_name,
        "done": row.get_event_display(),
        "group": row.group_name,
        "account": account.public_name,
    }
    if row.event != AccountEvent.GRANTED or load_grant_history(account).is_attested:
        return subject, text
    todo = _("Cuenta cuando otra persona del equipo estatal lo confirme en «Papeles por confirmar».")
    return subject, f"{text} {todo}"


def check_step_groups(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Collection[Any] | None, **kwargs: Any
) -> None:
    """Check every change of which groups decide at a review's step."""
    if action == "pre_add" and pk_set and isinstance(instance, ReviewTask):
        check_step(instance, list(Group.objects.filter(pk__in=pk_set)), acting_user())


def remember_key_change(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Mark a save that changes the credentials, for the ``post_save`` receiver."""
    instance.__dict__[KEYS_CHANGED] = changes_credentials(instance, acting_user())


def record_key_change(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Record who changed the credentials of an account."""
    if instance.__dict__.pop(KEYS_CHANGED, False):
        record_account_event(AccountEvent.KEY, instance, acting_user())


def record_own_keys(sender: Any, user: User, **kwargs: Any) -> None:
    """Record that the owner of an account chose her own password, with the old one or by an e-mailed link."""
    record_account_event(AccountEvent.KEY, user, user)


def record_lost_roles(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Record the roles of a deleted account: Django sends no signal for those rows."""
    for group in deciding_groups().filter(user=instance):
        record_account_event(AccountEvent.TAKEN, instance, acting_user(), group)


def connect() -> None:
    uid = "abierto.approval.roles.grants"
    m2m_changed.connect(check_membership, sender=User.groups.through, dispatch_uid=f"{uid}.membership")
    m2m_changed.connect(check_step_groups, sender=ReviewTask.groups.through, dispatch_uid=f"{uid}.step")
    pre_save.connect(remember_key_change, sender=User, dispatch_uid=f"{uid}.note_keys")
    post_save.connect(record_key_change, sender=User, dispatch_uid=f"{uid}.record_keys")
    for changed in (password_changed, password_reset, password_set):
        changed.connect(record_own_keys, dispatch_uid=f"{uid}.record_own_keys")
    pre_delete.connect(record_lost_roles, sender=User, dispatch_uid=f"{uid}.record_leaving")
