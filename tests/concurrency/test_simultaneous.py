"""Two users who save at the same time, and four who publish continuously."""

import time
from functools import partial
from typing import Any

import pytest
from django.utils.html import strip_tags
from wagtail.models import TaskState

from abierto.accounts.models import User
from abierto.approval.conflicts.versions import load_current_version
from abierto.approval.models import Approval
from abierto.approval.review.decisions import build_token
from abierto.registry.models import Person as PersonRow
from pages.standard.models import StandardPage
from search.admin_index import find_differences
from tests import factories
from tests.abierto.approval.newsroom import newsroom, person, submit
from tests.concurrency.people import Person
from tests.concurrency.processes import IS_LONG, ROUNDS, barrier, run_in_parallel
from tests.factories import published

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

TRIES = 20
PUBLISHERS = 4
PUBLISHING_SECONDS = 10 if IS_LONG else 3


@pytest.fixture
def room(transactional_db):
    return newsroom()


def attempt(
    gate: Any, user: int, words: str, pages: list[int], pressed: dict[str, str]
) -> list[tuple[int, str]]:
    """Save each page at the same time, both from the same version."""
    user_client = Person(User.objects.get(pk=user))
    answers = []
    for pk in pages:
        page = StandardPage.objects.get(pk=pk)
        version = str(load_current_version(page))
        gate.wait()
        response = user_client.save(page, f"{words} {pk}", version, **pressed)
        gate.wait()
        answers.append((response.status_code, strip_tags(response.content.decode())))
    return answers


@pytest.mark.parametrize("pressed", [{}, {"action-submit": "1"}], ids=["save", "submit"])
def test_of_two_simultaneous_saves_one_gets_the_conflict_and_both_texts_are_kept(room, pressed):
    pages = [factories.StandardPageFactory(title=f"Página {number}").pk for number in range(TRIES * ROUNDS)]
    gate = barrier(2)

    first, second = run_in_parallel(
        [
            partial(attempt, gate, room.editor.pk, "Una", pages, pressed),
            partial(attempt, gate, room.both.pk, "Otra", pages, pressed),
        ]
    )

    for pk, first_result, second_result in zip(pages, first, second, strict=True):
        assert {first_result[0], second_result[0]} == {302, 409}
        saved, conflict_html = (
            ("Una", second_result[1]) if first_result[0] == 302 else ("Otra", first_result[1])
        )
        assert StandardPage.objects.get(pk=pk).get_latest_revision_as_object().title == f"{saved} {pk}"
        # The response has the other user's text, to submit it again.
        assert f"{'Otra' if saved == 'Una' else 'Una'} {pk}" in conflict_html


def decide(gate: Any, user: int, states: list[tuple[int, str]]) -> list[int]:
    """Approve each review at the same time."""
    user_client = Person(User.objects.get(pk=user))
    answers = []
    for state, token in states:
        gate.wait()
        answers.append(user_client.decide(state, token).status_code)
        gate.wait()
    return answers


def test_of_two_simultaneous_approvals_one_publishes(room):
    pages = [factories.StandardPageFactory(title=f"Página {number}") for number in range(TRIES * ROUNDS)]
    states = [submit(page, room.editor) for page in pages]
    read = [(state.pk, build_token(state.revision)) for state in states]
    other = person("otra-que-revisa", room.space.reviewers)
    gate = barrier(2)

    both = run_in_parallel([partial(decide, gate, user.pk, read) for user in (room.reviewer, other)])

    assert [set(pair) for pair in zip(*both, strict=True)] == [{302, 409}] * len(pages)
    for page, state in zip(pages, states, strict=True):
        assert StandardPage.objects.get(pk=page.pk).live
        assert Approval.objects.of(page).filter(kind="review").count() == 1
        assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_APPROVED


def publish_repeatedly(writer: int, reviewer: int, pk: int) -> list[int]:
    """Submit and approve one page repeatedly."""
    author, approver = Person(User.objects.get(pk=writer)), Person(User.objects.get(pk=reviewer))
    answers: list[int] = []
    until = time.monotonic() + PUBLISHING_SECONDS
    while time.monotonic() < until:
        page = StandardPage.objects.get(pk=pk)
        title = f"Vez {len(answers)}"
        answers += [author.submit(page, title).status_code, approver.approve(page).status_code]
        assert StandardPage.objects.get(pk=pk).title == title
    return answers


def test_four_publishers_of_four_pages_all_succeed(room):
    pages = [
        published(factories.StandardPageFactory(title=f"Página {number}")) for number in range(PUBLISHERS)
    ]

    answers = run_in_parallel(
        [partial(publish_repeatedly, room.editor.pk, room.reviewer.pk, page.pk) for page in pages]
    )

    assert all(answers)
    assert {status for each in answers for status in each} == {302}
    # The admin finds each by its last title, at once.
    assert list(find_differences(StandardPage)) == []
    last_titles = [StandardPage.objects.get(pk=page.pk).title for page in pages]
    for page, title in zip(pages, last_titles, strict=True):
        assert page.pk in [found.pk for found in StandardPage.objects.all().autocomplete(title)]


def save_repeatedly(gate: Any, people: list[int]) -> None:
    """Write the same rows as others, each in a transaction of its own."""
    for turn in range(TRIES):
        gate.wait()
        for pk in people:
            person_row = PersonRow.objects.get(pk=pk)
            person_row.name = f"Nombre {pk} {turn} de {people[0]}"
            person_row.save()


def test_simultaneous_writes_of_the_same_rows_leave_the_last_text_in_the_admin_index(room):
    people = [factories.PersonFactory(live=False).pk for _number in range(PUBLISHERS)]
    gate = barrier(PUBLISHERS)

    run_in_parallel(
        [partial(save_repeatedly, gate, people[turn:] + people[:turn]) for turn in range(PUBLISHERS)]
    )

    assert list(find_differences(PersonRow)) == []
