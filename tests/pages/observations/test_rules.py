"""The state of an observation on a day, and the rules of its dates."""

import datetime

import pytest

from pages.observations.enums import ObservationState
from pages.observations.rules import (
    answer_date_error,
    closing_errors,
    deadline_error,
    find_state,
    issue_error,
)

ISSUED, DUE, AFTER = (datetime.date(2024, month, 1) for month in (2, 3, 4))
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("closed_on", "is_answered", "day", "state"),
    [
        (None, False, ISSUED, ObservationState.OPEN),
        (None, False, DUE, ObservationState.OPEN),
        (None, False, DUE + DAY, ObservationState.LATE),
        (None, True, AFTER, ObservationState.ANSWERED),
        (DUE, True, AFTER, ObservationState.CLOSED),
        (AFTER, False, AFTER, ObservationState.CLOSED),
        (AFTER, False, AFTER - DAY, ObservationState.LATE),
    ],
)
def test_the_last_day_of_the_term_is_in_time(closed_on, is_answered, day, state):
    assert find_state(DUE, closed_on, day, is_answered=is_answered) is state


def test_an_observation_has_a_day_that_came_and_a_later_deadline():
    assert issue_error(None, AFTER)
    assert "no ha llegado" in issue_error(AFTER, DUE)
    assert not issue_error(ISSUED, ISSUED)
    assert deadline_error(ISSUED, None)
    assert "después" in deadline_error(ISSUED, ISSUED)
    assert not deadline_error(ISSUED, ISSUED + DAY)


def test_a_closing_is_whole_or_empty():
    assert closing_errors(ISSUED, None, "", " ", AFTER) == {}
    assert set(closing_errors(ISSUED, AFTER, "", "", AFTER)) == {"outcome", "closing_reason"}
    assert set(closing_errors(ISSUED, None, "resolved", "Ya está", AFTER)) == {"closed_on"}
    assert "anterior" in closing_errors(DUE, ISSUED, "resolved", "Ya está", AFTER)["closed_on"]
    assert "no ha llegado" in closing_errors(ISSUED, AFTER, "resolved", "Ya está", DUE)["closed_on"]
    assert closing_errors(ISSUED, DUE, "resolved", "Ya está", AFTER) == {}


def test_an_answer_is_between_the_observation_and_its_closing():
    assert answer_date_error(None, ISSUED, None, AFTER)
    assert "no ha llegado" in answer_date_error(AFTER, ISSUED, None, DUE)
    assert "anterior" in answer_date_error(ISSUED, DUE, None, AFTER)
    assert "ya no recibe" in answer_date_error(AFTER, ISSUED, DUE, AFTER)
    # Late is late, not refused.
    assert not answer_date_error(AFTER, ISSUED, None, AFTER)
