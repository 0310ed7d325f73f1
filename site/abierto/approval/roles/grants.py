"""Grants of reviewing roles: by the state level only, never to oneself, and always on record."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context

from abierto.accounts.models import User
from abierto.approval.errors import RoleRefused
from abierto.approval.models import ReviewTask
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space

from .grant_history import load_grant_history

CREDENTIAL_FIELDS = ("password", "email")
"""The fields that open an account: a user who sets them can sign in as its owner."""

#: A group whose members approve: a space's reviewers, and those of any review's step.
REVIEWS = Q(reviews_space__isnull=False) | Q(reviewtask__isnull=False)


def acting_user() -> User | None:
    """Return the user of the current admin request; None for commands and the shell."""
    return get_active_log_context().user


def is_state_administrator(user: User) -> bool:
    """Check for a superuser or an administrator of the state's space."""
    if not user.is_active:
        return False
    state = Space.objects.filter(kind=SpaceKind.STATE, administrators__user=user)
    return user.is_superuser or state.exists()


def reviewer_groups() -> Any:
    """Return the groups whose members can approve: a space's reviewers, and those of any review's step."""
    return Group.objects.filter(REVIEWS).distinct()


def deciding_groups() -> Any:
    """Return the groups of the reviewers and of the state's administrators, who grant their roles."""
    return Group.objects.filter(REVIEWS | Q(runs_space__kind=SpaceKind.STATE)).distinct()


def check_grant(account_numbers: Collection[int], groups: Iterable[Group], by: User | None) -> None:
    """Refuse a deciding role unless the state level grants it to another person.

    The state level is two people or more: an account for which only one of them vouches, or whose credentials
    another user set, grants nothing.

    Raises:
        RoleRefused: with the message for the user.
    """
    if by is None or not any(groups):
        return
    if by.pk in account_numbers:
        raise RoleRefused(_("Nadie se da a sí misma el papel de revisar. Pídelo a otra persona del Estado."))
    check_granter(by)


def check_granter(by: User) -> None:
    """Refuse a user who may not give deciding roles.

    Raises:
        RoleRefused: with the message for the user.
    """
    if not is_state_administrator(by):
        raise RoleRefused(_("El papel de revisar lo da el equipo estatal. Pídeselo."))
    history = load_grant_history(by)
    if history.key_holder is not None:
        raise RoleRefused(_("Otra persona fijó tu contraseña o tu correo. Cámbiala antes de dar papeles."))
    if not history.is_attested:
        raise RoleRefused(_("Tu papel espera que otra persona del equipo estatal lo confirme. Pídelo."))


def check_step(task: ReviewTask, groups: Collection[Group], by: User | None) -> None:
    """Refuse to let one's own group decide at a review's step."""
    if by is None or not groups:
        return
    members = User.objects.filter(groups__in=groups).values_list("pk", flat=True)
    check_grant(set(members), groups, by)


def changes_credentials(account: User, by: User | None) -> bool:
    """Check whether saving ``account`` changes its password or, by another user, its address.

    A user's own new address does not exclude a person who knows the password.
    """
    if by is None:
        return False
    names = CREDENTIAL_FIELDS[:1] if by.pk == account.pk else CREDENTIAL_FIELDS
    stored = User._base_manager.filter(pk=account.pk).values(*names).first()
    return stored is None or any(stored[name] != getattr(account, name) for name in names)
