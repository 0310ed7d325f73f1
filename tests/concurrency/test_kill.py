"""A process killed at every step of creating, submitting and approving leaves the old or the new state."""

import io
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from wagtail.models import Page, Revision, TaskState

from abierto.approval.models import Approval
from abierto.approval.review.decisions import build_token
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import newsroom, submit
from tests.concurrency.people import Person
from tests.concurrency.processes import die, run_until_killed
from tests.factories import published

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

# The steps in order; the last commit can only be interrupted before or after it.
APPROVING = [
    "abierto.approval.models.approval:Approval.record",
    "wagtail.models:TaskState.approve",
    "wagtail.models:WorkflowState.finish",
    "abierto.approval.mixins:FourEyesMixin.publish",
    "wagtail.actions.publish_page_revision:PublishPageRevisionAction._publish_revision",
    "abierto.approval.mixins:FourEyesMixin.save",
    "wagtail.actions.publish_page_revision:PublishPageRevisionAction._after_publish",
    "wagtail.actions.publish_revision:log",
    "search.indexing.receivers:enqueue",
]
HANDING_IN = [
    "abierto.approval.mixins:FourEyesMixin.save_revision",
    "wagtail.models:Workflow.start",
    "wagtail.models:TaskState.save",
]
CREATING = [
    "wagtail.models:Page.add_child",
    "abierto.approval.mixins:FourEyesMixin.save",
    "abierto.approval.mixins:FourEyesMixin.save_revision",
]
COMMITTING = ["django.db.backends.base.base:BaseDatabaseWrapper.commit"]


def steps(names: list[str]) -> list[tuple[str, str]]:
    """Return every point to die at: before and after each step."""
    return [(name, when) for name in (*names, *COMMITTING) for when in ("before", "after")]


def dying(name: str, when: str) -> Any:
    """Return a patch with which the process dies at a step."""
    module, _colon, path = name.partition(":")
    owner: Any = import_module(module)
    *way, last = path.split(".")
    for part in way:
        owner = getattr(owner, part)
    step = getattr(owner, last)
    is_bound = hasattr(step, "__self__")

    def do_and_die(*args: Any, **kwargs: Any) -> None:
        if when == "after":
            step(*(args[1:] if is_bound and args and args[0] is owner else args), **kwargs)
        die()

    return mock.patch.object(owner, last, do_and_die)


def dies(name: str, when: str, work: Callable[[], Any]) -> bool:
    """Run a function in a process that dies at that step; return whether it got there."""

    def until_then() -> None:
        with dying(name, when):
            work()

    return run_until_killed(until_then)


@pytest.fixture
def room(transactional_db):
    world = newsroom()
    # Wagtail's own first page has no type of the project: integrity would report it.
    Page.objects.get(slug="home", depth=2).delete()
    return world


def integrity_failure() -> str:
    """Return the output of ``manage.py integrity`` if it fails, else nothing."""
    call_command("search", "rebuild", stdout=io.StringIO())
    call_command("update_index", verbosity=0)
    output = io.StringIO()
    try:
        call_command("integrity", stdout=output)
    except SystemExit:
        return output.getvalue()
    return ""


def is_published_completely(page: StandardPage, state: TaskState) -> bool | None:
    """Return whether an approval is complete (True) or absent (False); None for anything between."""
    row, now = StandardPage.objects.get(pk=page.pk), TaskState.objects.get(pk=state.pk)
    signs = {
        row.title == "Después",
        row.live_revision_id == state.revision_id,
        now.status == TaskState.STATUS_APPROVED,
        now.workflow_state.status == "approved",
        Approval.objects.of(page).filter(kind="review").exists(),
        not row.has_unpublished_changes,
    }
    return signs.pop() if len(signs) == 1 else None


def test_killed_while_approving(room):
    outcomes = {}
    for number, (name, when) in enumerate(steps(APPROVING)):
        page = published(factories.StandardPageFactory(title=f"Antes {number}"))
        page.title = "Después"
        state = submit(page, room.editor)
        token = build_token(state.revision)
        # Signed in before: the sign-in is not part of the test.
        reviewer = Person(room.reviewer)

        assert dies(name, when, partial(reviewer.decide, state.pk, token)), f"{name} is not on the way"
        outcomes[name, when] = is_published_completely(page, state)

    assert outcomes == {step: step == (COMMITTING[0], "after") for step in steps(APPROVING)}
    assert integrity_failure() == ""


def test_killed_while_submitting(room):
    outcomes = {}
    for number, (name, when) in enumerate(steps(HANDING_IN)):
        page = published(factories.StandardPageFactory(title=f"Antes {number}"))
        before = Revision.objects.for_instance(page).count()
        editor = Person(room.editor)

        assert dies(name, when, partial(editor.submit, page, "Después")), f"{name} is not on the way"
        signs = {
            Revision.objects.for_instance(page).count() == before + 1,
            StandardPage.objects.get(pk=page.pk).current_workflow_state is not None,
            StandardPage.objects.get(pk=page.pk).has_unpublished_changes,
        }
        outcomes[name, when] = signs.pop() if len(signs) == 1 else None

    assert outcomes == {step: step == (COMMITTING[0], "after") for step in steps(HANDING_IN)}
    assert integrity_failure() == ""


def test_killed_while_creating(room):
    outcomes = {}
    for number, (name, when) in enumerate(steps(CREATING)):
        editor = Person(room.editor)

        work = partial(editor.add, room.home.pk, f"Nueva {number}", f"nueva-{number}")
        assert dies(name, when, work), f"{name} is not on the way"
        page = StandardPage.objects.filter(title=f"Nueva {number}").first()
        outcomes[name, when] = page is not None
        assert page is None or page.latest_revision is not None

    assert outcomes == {step: step == (COMMITTING[0], "after") for step in steps(CREATING)}
    assert Page.find_problems() == ([], [], [], [], [])
    assert integrity_failure() == ""
