"""A space with its people and pages, for tests about who may make what public."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Revision, TaskState

from abierto.accounts.models import User
from abierto.approval.errors import NotApproved
from abierto.approval.models import Approval, ReviewTask
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.decisions import build_token
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.home.models import HomePage
from pages.plans.commitments import CommitmentPage
from pages.updates.models import ProgressUpdatePage
from tests import factories
from tests.factories import published
from tests.shared_rows import built_once


@contextmanager
def expect_refusal() -> Iterator[None]:
    """Expect the guard to refuse what is done inside, and undo it as a request would."""
    with pytest.raises(NotApproved), transaction.atomic():
        yield


def person(username: str, *groups: Group, **fields: object) -> User:
    """Return a user with these roles."""
    user = factories.UserFactory(username=username, first_name=username.title(), **fields)
    user.groups.add(*groups)
    return user


@dataclass
class Newsroom:
    """All users who work on the portal's pages, and a public commitment with two actions."""

    space: Space
    home: HomePage
    commitment: CommitmentPage
    editor: User
    reviewer: User
    both: User
    administrator: User
    superuser: User


@built_once
def newsroom() -> Newsroom:
    """Create the space, its users and its pages."""
    groups = get_or_create_groups("Estado")
    space = create_space(
        SpaceKind.STATE, "Estado", "estado", create_review_workflow("Estado", groups.reviewers)
    )
    commitment = published(factories.CommitmentPageFactory(code="1.1", actions=2))
    home = factories.home()
    assign_root(space, home)
    return Newsroom(
        space=space,
        home=home,
        commitment=commitment,
        editor=person("editora", groups.editors),
        reviewer=person("revisora", groups.reviewers),
        both=person("ambas", groups.editors, groups.reviewers),
        administrator=person("administradora", groups.administrators),
        superuser=person("raiz", is_superuser=True, is_staff=True),
    )


def draft_update(room: Newsroom, first: int = 30, **fields: object) -> ProgressUpdatePage:
    """Return a draft update of the room's commitment."""
    return factories.ProgressUpdatePageFactory(
        parent=room.commitment, owner=room.editor, **{"rows": {1: first, 2: "En diseño"}, **fields}
    )


def submit(page: Page, user: User) -> TaskState:
    """Save ``page`` as it is in memory, hand it in for review and return what the reviewer gets."""
    factories.complete(page)
    page.save_revision(user=user)
    page.get_workflow().start(page, user)
    return type(page).objects.get(pk=page.pk).current_workflow_task_state


def approve(state: TaskState, user: User, token: str | None = None, comment: str = "") -> None:
    """Decide as the modal and the review's page do."""
    task = ReviewTask.objects.get(pk=state.task_id)
    token = build_token(state.revision) if token is None else token
    task.on_action(state, user, "approve", token=token, comment=comment)


def ledger(page: Page) -> list[str]:
    """Return the kinds of the decisions about ``page``, oldest first."""
    return list(Approval.objects.of(page).order_by("pk").values_list("kind", flat=True))


def fresh(page: Page) -> Page:
    """Return ``page`` as the database has it."""
    return type(page).objects.get(pk=page.pk)


def approved_revision(page: Page, author: User, reviewer: User) -> Revision:
    """Take ``page`` through an honest review and return the revision that is live."""
    approve(submit(page, author), reviewer)
    return fresh(page).live_revision
