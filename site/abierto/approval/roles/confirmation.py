"""A deciding role counts only after a second person of the state level has confirmed it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.errors import RoleRefused
from abierto.approval.models.accounts import AccountEvent
from abierto.approval.notifications import EmailText, active_members, notify, state_team
from abierto.approval.reader_links import build_admin_url
from abierto.tenancy.enums import SpaceKind

from .grant_history import GrantHistory, load_grant_histories, load_grant_history, record_account_event
from .grants import check_grant, deciding_groups, is_state_administrator


@dataclass(frozen=True)
class UnconfirmedAccount:
    """An account whose roles wait for a second person."""

    account: User
    groups: list[Group]
    history: GrantHistory
    voucher_names: list[str]

    def may_be_confirmed_by(self, user: User) -> bool:
        """Check whether ``user`` is another person than those who already vouch for the account."""
        return user.pk not in self.history.vouchers | {self.account.pk}


def find_unconfirmed() -> Iterator[UnconfirmedAccount]:
    """Yield every account that may decide by its groups and for which too few people vouch.

    Confirmed accounts cost no query of their own.
    """
    people = list(User.objects.filter(groups__in=deciding_groups(), is_active=True).distinct())
    histories = load_grant_histories([account.pk for account in people])
    for account in sorted(people, key=lambda account: account.username):
        if not histories[account.pk].is_attested:
            yield build_unconfirmed(account, find_deciding_roles(account), histories[account.pk])


def find_deciding_roles(account: User) -> list[Group]:
    """Return the groups by which ``account`` may decide."""
    return list(deciding_groups().filter(user=account).order_by("name"))


def load_unconfirmed(account: User) -> UnconfirmedAccount | None:
    """Return the missing confirmation of one account; None if it is confirmed."""
    history = load_grant_history(account)
    if history.is_attested or not account.is_active:
        return None
    groups = find_deciding_roles(account)
    return build_unconfirmed(account, groups, history) if groups else None


def load_state_administrators() -> list[User]:
    """Return the accounts of the state level that can confirm roles, those not confirmed themselves too."""
    return active_members(*Group.objects.filter(runs_space__kind=SpaceKind.STATE))


def build_unconfirmed(account: User, groups: list[Group], history: GrantHistory) -> UnconfirmedAccount:
    numbers = [number for number in history.vouchers if number is not None]
    names = [person.public_name for person in User.objects.filter(pk__in=numbers)]
    return UnconfirmedAccount(account, groups, history, sorted(names))


@transaction.atomic
def confirm_account(account: User, by: User) -> None:
    """Record ``by`` as a second voucher of an account.

    Raises:
        RoleRefused: with the sentence for the user.
    """
    unconfirmed = load_unconfirmed(account)
    if unconfirmed is None:
        raise RoleRefused(_("Esta cuenta ya no espera nada: alguien la confirmó o perdió el papel."))
    check_grant({account.pk}, unconfirmed.groups, by)
    if not unconfirmed.may_be_confirmed_by(by):
        raise RoleRefused(_("Tú ya diste o confirmaste este papel. Falta otra persona del equipo estatal."))
    for group in unconfirmed.groups:
        record_account_event(AccountEvent.GRANTED, account, by, group)

    def write() -> EmailText:
        sentence = _("%(who)s confirmó el papel de %(account)s.")
        names = {"who": by.public_name, "account": account.public_name}
        return _("Se confirmó quién decide"), sentence % names

    notify_of_role(account, write, by)


def notify_of_role(account: User, write: Callable[[], EmailText], by: User) -> None:
    """Notify the state team and the account of its role, with a link to where roles are confirmed."""

    def write_with_link(reader: User) -> EmailText:
        subject, text = write()
        screen = "approval_roles" if is_state_administrator(reader) else "wagtailadmin_home"
        return subject, f"{text}\n\n{build_admin_url(screen)}"

    notify(dict.fromkeys([*state_team(), account]), write_with_link, by)
