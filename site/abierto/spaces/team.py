"""The people of a space.

The administrator of a municipality invites and deactivates them, and proposes reviewers. The state's
administrators invite and remove the translators of every space.
"""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale

from abierto.accounts.invitations import send_invitation
from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.notifications import EmailText, notify, state_team
from abierto.approval.reader_links import build_admin_url
from abierto.approval.roles.grants import is_state_administrator
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import get_or_create_translators

from .enums import Role
from .models import ReviewerProposal
from .names import find_accounts, is_address_taken
from .services import NewAccount, invite_account

EDITOR_DEACTIVATED = "spaces.deactivate_editor"
TRANSLATOR_ADDED = "spaces.add_translator"


def administered_spaces(user: User) -> QuerySet[Space]:
    """Return the municipalities that ``user`` administers."""
    if not user.is_active:
        return Space.objects.none()
    found: QuerySet[Space] = Space.objects.filter(kind=SpaceKind.MUNICIPALITY, administrators__user=user)
    return found.select_related("editors", "reviewers", "administrators").order_by("name", "pk")


def check_administers(space: Space, user: User) -> None:
    if not administered_spaces(user).filter(pk=space.pk).exists():
        raise NotAllowed(_("Solo quien administra el espacio invita a su gente."))


@transaction.atomic
def add_person(new: NewAccount, space: Space, by: User) -> User | ReviewerProposal:
    """Invite an editor or a translator at once, or propose a reviewer to the state.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    check_administers(space, by)
    address = new.email.lower()
    if is_address_taken(address) or ReviewerProposal.objects.filter(email=address, status="open").exists():
        raise NotAllowed(
            _("Ya hay una cuenta o una propuesta con ese correo. Pide su papel al equipo estatal.")
        )
    if new.role in (Role.EDITOR, Role.TRANSLATOR):
        return invite_account(new, space, by)
    if new.role != Role.REVIEWER:
        raise NotAllowed(_("Quién administra un espacio lo decide el equipo estatal."))
    proposal = ReviewerProposal.objects.create(
        holder=space, first_name=new.first_name, last_name=new.last_name, email=address, proposed_by=by
    )

    def write(reader: User) -> EmailText:
        sentence = _("%(who)s propone que %(name)s revise en «%(space)s».") % {
            "who": by.public_name,
            "name": proposal,
            "space": space,
        }
        return _("Una persona por confirmar"), f"{sentence}\n\n{build_admin_url('spaces:proposals')}"

    notify(state_team(), write, by)
    return proposal


def find_editor(space: Space, key: int) -> User | None:
    """Return an active editor or translator of ``space`` with this key."""
    return (
        User.objects.filter(pk=key, groups__in=find_removable_groups(space), is_active=True)
        .distinct()
        .first()
    )


def find_removable_groups(space: Space) -> QuerySet[Group]:
    """Return the groups whose members the administrator of ``space`` removes: editors and translators."""
    return Group.objects.filter(Q(edits_space=space) | Q(translates__space=space))


@transaction.atomic
def deactivate_editor(account: User, space: Space, by: User) -> None:
    """End the work of an editor or translator in ``space``; an account without another role is closed.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    check_administers(space, by)
    if account.pk == by.pk:
        raise NotAllowed(_("Nadie cierra su propia cuenta. Pídelo al equipo estatal."))
    remove_roles(account, find_removable_groups(space), by)


def remove_roles(account: User, groups: QuerySet[Group], by: User) -> None:
    for group in groups.filter(user=account):
        close_membership(account, group)
    log(instance=account, action=EDITOR_DEACTIVATED, user=by)


def close_membership(account: User, group: Group) -> None:
    """Remove an account from a group; without another role it is deactivated and stays in it, as a record."""
    if not account.groups.filter(pk=group.pk).exists():
        return
    if account.groups.exclude(pk=group.pk).exists() or account.is_superuser:
        account.groups.remove(group)
    else:
        account.is_active = False
        account.save(update_fields=["is_active"])


def resend_invitation(account: User, space: Space, by: User) -> None:
    """Send the invitation of an editor again.

    Raises:
        NotAllowed: if ``by`` does not administer the space.
        NotInvitable: if the account has a password already.
    """
    check_administers(space, by)
    send_invitation(account, by)


def check_may_invite_translators(user: User) -> None:
    if not is_state_administrator(user):
        raise NotAllowed(_("Solo quien administra el espacio estatal invita a quien traduce."))


@transaction.atomic
def add_translator(new: NewAccount, language: Locale, space: Space, by: User) -> User:
    """Let a person translate the pages of ``space``, of whatever kind, into a language.

    A person without an account is invited; an account of any space gets the role.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    check_may_invite_translators(by)
    account = find_accounts(new.email).first()
    if account is None:
        return invite_account(new, space, by)
    if not account.is_active:
        raise NotAllowed(_("La cuenta con ese correo está cerrada. Ábrela en Configuración › Cuentas."))
    account.groups.add(get_or_create_translators(space, language).group)
    log(instance=account, action=TRANSLATOR_ADDED, user=by)
    return account


def find_translator(space: Space, key: int) -> User | None:
    """Return an active translator of ``space`` with this key."""
    found = User.objects.filter(pk=key, groups__translates__space=space, is_active=True)
    return found.distinct().first()


@transaction.atomic
def remove_translator(account: User, space: Space, by: User) -> None:
    """End the work of a translator in ``space``; an account without another role is closed.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    check_may_invite_translators(by)
    remove_roles(account, Group.objects.filter(translates__space=space), by)
