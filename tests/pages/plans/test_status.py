"""The status of a figure in its schedule."""

import datetime
from decimal import Decimal

import pytest

from abierto.progress.enums import Pace
from pages.figures.models import ProgressFigure
from pages.plans.enums import PlanStatus
from pages.plans.models import PlanPage
from pages.plans.status import figure_status

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
    status = figure_status(reported, plan, TODAY)

    assert status.expected_on == reported.reported_on
    assert Decimal(49) < status.expected < Decimal(51)
    assert status.pace is Pace.LOW


def test_an_open_plan_past_its_end_is_late(plan, reported):
    status = figure_status(reported, plan, TODAY)

    assert status.is_late
    assert status.due_on is not None


@pytest.mark.parametrize("figure", ["reported", "silent"])
def test_a_concluded_plan_owes_no_report(plan, figure, request):
    plan.status = PlanStatus.CONCLUDED

    status = figure_status(request.getfixturevalue(figure), plan, TODAY)

    assert not status.is_late
    assert status.due_on is None


def test_a_concluded_plan_without_figures_has_no_expectation(plan, silent):
    assert figure_status(silent, plan, TODAY).expected == 100

    plan.status = PlanStatus.CONCLUDED

    status = figure_status(silent, plan, TODAY)
    assert status.expected is None
    assert status.expected_on is None
    assert status.pace is Pace.NONE
