"""The state's own space and its first administrators, who confirm every later role."""

from django.db import transaction

from abierto.accounts.invitations import create_invited, is_invited, send_invitation
from abierto.accounts.models import User
from abierto.approval.models.task import create_review_workflow
from abierto.approval.notifications import state_space
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import create_space, get_or_create_groups

from .names import build_review_name

STATE_NAME = "Equipo estatal"
STATE_SLUG = "estado"


class AccountInUse(Exception):
    """An account with this address that its owner uses already, or that is closed."""


@transaction.atomic
def get_or_create_state_space() -> Space:
    """Return the state's space, created with its groups and its review if missing."""
    groups = get_or_create_groups(STATE_NAME)
    return state_space() or create_space(
        SpaceKind.STATE,
        STATE_NAME,
        STATE_SLUG,
        create_review_workflow(build_review_name(STATE_NAME), groups.reviewers),
    )


@transaction.atomic
def invite_administrator(address: str, first_name: str, last_name: str = "") -> User:
    """Invite a state administrator, who reviews for the state too; an unused invitation is sent again.

    A command gives the roles: they count without a second person, who does not exist yet. A reviewer whose
    role one of the first two gave could not approve what that one writes.

    Raises:
        AccountInUse: if an account with this address is in use already.
    """
    address = address.lower()
    space = get_or_create_state_space()
    account = User.objects.filter(username=address).first()
    if account is None:
        account = User(username=address, email=address, first_name=first_name, last_name=last_name)
        return create_invited(account, [space.administrators, space.reviewers])
    if not is_invited(account) or space.administrators not in account.groups.all():
        raise AccountInUse(address)
    send_invitation(account)
    return account
