"""Each source of reviewers of a municipality, from the draft to the public page; all others are refused."""

import pytest
from wagtail.models import TaskState

from abierto.approval.errors import NotAllowed, ReviewRefused
from abierto.dashboard.services import set_second_step
from abierto.spaces.enums import ReviewSource
from abierto.spaces.models import MunicipalitySpace
from abierto.spaces.review_source import change_review
from tests.abierto.approval.newsroom import approve, fresh
from tests.abierto.spaces.agreeing import agree, build_towns, page_of, send

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room():
    return build_towns()


def choose(room, source, has_state_step=False):
    if source == ReviewSource.NEIGHBOUR:
        if has_state_step:
            change_review(room.town, ReviewSource.OWN, has_state_step=True, by=room.boss)
        agree(room)
    else:
        change_review(room.town, source, has_state_step=has_state_step, by=room.boss)


SOURCES = [
    (ReviewSource.OWN, False, ["town"]),
    (ReviewSource.STATE, False, ["state"]),
    (ReviewSource.NEIGHBOUR, False, ["neighbour"]),
    (ReviewSource.OWN, True, ["town", "state"]),
    (ReviewSource.NEIGHBOUR, True, ["neighbour", "state"]),
]


@pytest.mark.parametrize(("source", "has_state_step", "order"), SOURCES)
def test_page_is_public_when_the_chosen_reviewers_approved_it(room, source, has_state_step, order):
    choose(room, source, has_state_step)
    reviewers = {
        "town": room.town.reviewer,
        "neighbour": room.neighbour.reviewer,
        "state": room.reviewer,
        "third": room.third.reviewer,
    }
    state = send(room.town)

    for step in order:
        page = fresh(page_of(room.town))
        assert not page.live
        state = page.current_workflow_task_state
        for name, user in {**reviewers, "author": room.town.editor, "administrator": room.town.boss}.items():
            if name != step:
                with pytest.raises(ReviewRefused):
                    approve(state, user)
        approve(TaskState.objects.get(pk=state.pk), reviewers[step])

    assert fresh(page_of(room.town)).live


def test_town_with_one_clerk_publishes_from_the_first_day(room):
    room.town.reviewer.groups.clear()
    room.town.editor.groups.add(room.town.holder.administrators)
    change_review(room.town, ReviewSource.STATE, has_state_step=False, by=room.boss)

    approve(send(room.town), room.reviewer)

    assert fresh(page_of(room.town)).live


def test_screen_of_steps_and_that_of_the_source_agree(room):
    set_second_step(room.town.holder, True, room.boss)
    assert MunicipalitySpace.objects.get(pk=room.town.pk).has_state_step
    set_second_step(room.town.holder, False, room.boss)
    assert not MunicipalitySpace.objects.get(pk=room.town.pk).has_state_step


def test_state_is_no_second_step_after_itself(room):
    change_review(room.town, ReviewSource.STATE, has_state_step=False, by=room.boss)

    with pytest.raises(NotAllowed, match="Después del equipo estatal"):
        set_second_step(room.town.holder, True, room.boss)
