"""Create the space of an institution or a municipality with everything it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale, Page

from abierto.accounts.invitations import create_invited
from abierto.accounts.models import User
from abierto.approval.models.task import create_review_workflow
from abierto.registry.models import Institution, InstitutionSpace
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import (
    assign_root,
    create_space,
    get_or_create_groups,
    get_or_create_translators,
)
from pages.plans.commitments import CommitmentPage
from pages.plans.hand_over import hand_over

from .enums import Role
from .names import build_review_name


@dataclass(frozen=True)
class NewAccount:
    """A person to invite, with her role in the space."""

    first_name: str
    last_name: str
    email: str
    role: Role
    language: Locale | None = None


@dataclass(frozen=True)
class NewSpace:
    """The values of the form of a new space."""

    kind: SpaceKind
    name: str
    slug: str
    institution: Institution | None = None
    root: Page | None = None
    accounts: Sequence[NewAccount] = ()


@transaction.atomic
def build_space(new: NewSpace, by: User | None) -> Space:
    """Create a space: groups, collection, review, pages and invited accounts, all or nothing.

    Raises:
        RoleRefused: if ``by`` may not give the role of reviewing; with the sentence for the user.
    """
    workflow = create_review_workflow(build_review_name(new.name), get_or_create_groups(new.name).reviewers)
    space = create_space(new.kind, new.name, new.slug, workflow)
    if new.root is not None:
        assign_root(space, new.root)
    if new.institution is not None:
        link_institution(new.institution, space)
    for account in new.accounts:
        invite_account(account, space, by)
    return space


def link_institution(institution: Institution, space: Space) -> None:
    """Give ``institution`` to a space, with the public commitments that it is responsible for."""
    InstitutionSpace.objects.create(institution=institution, holder=space)
    pages = CommitmentPage.objects.source_language().filter(live=True, parties__institution=institution)
    for page in pages.distinct().order_by("path"):
        hand_over(page)


def invite_account(new: NewAccount, space: Space, by: User | None) -> User:
    """Create an account whose name is its address, with one role in ``space``, and invite its owner.

    The group of translators is created with the first one of its language.
    """
    address = new.email.lower()
    account = User(username=address, email=address, first_name=new.first_name, last_name=new.last_name)
    if new.role == Role.TRANSLATOR and new.language is not None:
        return create_invited(account, [get_or_create_translators(space, new.language).group], by)
    return create_invited(account, [get_role_group(new.role, space)], by)


def get_role_group(role: Role, space: Space) -> Group:
    """Return the group of a role in a space."""
    return {
        Role.EDITOR: space.editors,
        Role.REVIEWER: space.reviewers,
        Role.ADMINISTRATOR: space.administrators,
    }[role]
