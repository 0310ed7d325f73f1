"""Queries for the list and the page of a space."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from abierto.accounts.invitations import is_invited
from abierto.accounts.models import User
from abierto.approval.roles.confirmation import load_unconfirmed
from abierto.tenancy.models import Space


@dataclass(frozen=True)
class Member:
    """A person of a space, with the steps that are missing before her role counts."""

    account: User
    status: str
    is_invited: bool


@dataclass(frozen=True)
class RoleMembers:
    """A role of a space and the people who have it."""

    title: str
    group: Group
    members: list[Member]
    #: Whether the administrator of a municipality removes its members.
    is_removable: bool
    #: Whether its members translate, whom the state's administrators remove.
    is_translation: bool


def list_spaces() -> QuerySet[Space]:
    """Return all spaces with the numbers of their roots and their people."""
    return Space.objects.annotate(
        root_count=Count("roots", distinct=True),
        editor_count=Count("editors__user", distinct=True),
        reviewer_count=Count("reviewers__user", distinct=True),
    ).order_by("name", "pk")


def load_roles(space: Space) -> list[RoleMembers]:
    """Return the people of ``space`` by role."""
    titles = [
        (_("Edición"), space.editors),
        (_("Revisión"), space.reviewers),
        (_("Administración"), space.administrators),
    ]
    translators = set()
    for row in space.translators.select_related("group", "locale").order_by("pk"):
        titles.append((_("Traducción: %(language)s") % {"language": row.locale}, row.group))
        translators.add(row.group_id)
    return [
        RoleMembers(
            title,
            group,
            load_members(group),
            is_removable=group.pk in {space.editors_id, *translators},
            is_translation=group.pk in translators,
        )
        for title, group in titles
    ]


def load_members(group: Group) -> list[Member]:
    accounts = User.objects.filter(groups=group).order_by("first_name", "last_name", "pk")
    return [Member(account, describe_status(account), is_invited(account)) for account in accounts]


def describe_status(account: User) -> str:
    """Return the steps that are missing before ``account`` can work."""
    if not account.is_active:
        return _("Cuenta cerrada")
    missing = [_("no ha abierto su invitación")] if is_invited(account) else []
    if load_unconfirmed(account) is not None:
        missing.append(_("su papel espera que otra persona lo confirme"))
    return "; ".join(missing).capitalize() if missing else _("Lista")
