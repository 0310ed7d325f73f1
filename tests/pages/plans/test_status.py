"""The status of a figure in its schedule."""

import datetime
from decimal import Decimal

import pytest

from abierto.progress.enums import Pace
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage
from pages.plans.enums import PlanStatus, find_plan_status
from pages.plans.models import PlanPage
from pages.plans.status import find_figure_status, find_missed_deadline, find_schedule

pytestmark = pytest.mark.django_db  # Wagtail asks for the content type of a new page

TODAY = datetime.date(2026, 1, 1)


@pytest.fixture
def plan() -> PlanPage:
    return PlanPage(period_start=datetime.date(2022, 1, 1), period_end=datetime.date(2023, 12, 31))


@pytest.fixture
def reported() -> ProgressFigure:
    return ProgressFigure(
        level="plan", declared=Decimal(40), effective=Decimal(40), reported_on=datetime.date(2022, 12, 31)
    )


@pytest.fixture
def silent() -> ProgressFigure:
    return ProgressFigure(level="plan", effective=Decimal(0), computed=Decimal(0))


def test_a_figure_is_compared_with_the_expectation_of_its_own_day(plan, reported):
    status = find_figure_status(reported, plan, TODAY)

    assert status.expected_on == reported.reported_on
    assert Decimal(49) < status.expected < Decimal(51)
    assert status.pace is Pace.LOW


def test_an_open_plan_past_its_end_is_late(plan, reported):
    status = find_figure_status(reported, plan, TODAY)

    assert status.is_late
    assert status.due_on is not None


@pytest.mark.parametrize("figure", ["reported", "silent"])
def test_a_concluded_plan_owes_no_report(plan, figure, request):
    plan.status = PlanStatus.CONCLUDED

    status = find_figure_status(request.getfixturevalue(figure), plan, TODAY)

    assert not status.is_late
    assert status.due_on is None


def test_a_concluded_plan_without_figures_has_no_expectation(plan, silent):
    assert find_figure_status(silent, plan, TODAY).expected == 100

    plan.status = PlanStatus.CONCLUDED

    status = find_figure_status(silent, plan, TODAY)
    assert status.expected is None
    assert status.expected_on is None
    assert status.pace is Pace.NONE


@pytest.fixture
def assumed(plan) -> PlanPage:
    plan.is_start_assumed = True
    return plan


def test_no_pace_follows_from_an_assumed_start(assumed, reported):
    status = find_figure_status(reported, assumed, TODAY)

    assert status.pace is Pace.REPORTED
    assert status.assumed_start == assumed.period_start
    assert status.expected is not None


def test_a_start_of_its_own_is_no_assumption(assumed, reported):
    commitment = CommitmentPage(start=datetime.date(2022, 3, 1), end=datetime.date(2022, 12, 1))

    status = find_figure_status(reported, assumed, TODAY, commitment)

    assert status.pace is Pace.LOW
    assert status.assumed_start is None


def test_no_report_is_late_by_an_assumed_start(assumed, silent):
    assumed.period_end = datetime.date(2030, 1, 1)

    assert not find_figure_status(silent, assumed, TODAY).is_late


def test_a_commitment_with_a_start_and_no_end_has_no_deadline(plan):
    commitment = CommitmentPage(start=datetime.date(2022, 3, 1))

    assert find_schedule(plan, commitment).end is None
    assert find_schedule(plan, CommitmentPage()).end == plan.period_end


@pytest.mark.parametrize(("day", "is_over"), [("2023-12-31", False), ("2024-01-01", True)])
def test_a_plan_is_over_after_its_last_day(plan, reported, day, is_over):
    today = datetime.date.fromisoformat(day)

    assert find_figure_status(reported, plan, today).is_over is is_over
    assert (find_plan_status(plan.status, plan.period_end, today) == PlanStatus.ENDED) is is_over


def test_the_deadline_is_missed_without_a_final_report(plan):
    last = datetime.date(2023, 11, 30)
    missed = find_missed_deadline(plan, TODAY, last, has_final_report=False)

    assert missed == (plan.period_end, last)
    assert find_missed_deadline(plan, TODAY, last, has_final_report=True) is None
    assert find_missed_deadline(plan, plan.period_end, last, has_final_report=False) is None


def test_a_concluded_plan_misses_no_deadline(plan):
    plan.status = PlanStatus.CONCLUDED

    assert find_missed_deadline(plan, TODAY, None, has_final_report=False) is None
