"""What the queryset of the commitments reads with them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage
from pages.plans.models import find_plan
from pages.plans.status import find_figure_status
from tests.factories import AxisPageFactory, CommitmentPageFactory, ProgressUpdatePageFactory, published
from tests.pages.visibility.closing import english_alias
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = datetime.date(2024, 6, 1)


@pytest.fixture
@built_once
def reported():
    page = published(CommitmentPageFactory(code="1.1", actions=2))
    published(ProgressUpdatePageFactory(parent=page, rows={1: 30, 2: 50}))
    return page


def test_the_source_language_has_no_aliases(reported):
    english_alias(reported)

    assert CommitmentPage.objects.public().count() == 2
    assert list(CommitmentPage.objects.public().source_language()) == [reported]


def test_commitments_come_with_their_plan_figure_and_status_in_one_query(reported):
    without_figure = CommitmentPageFactory(parent=reported.get_parent(), code="1.2")
    plan = find_plan(reported)

    with CaptureQueriesContext(connection) as queries:
        first, second = CommitmentPage.objects.with_status(TODAY, [plan])

    assert len(queries) == 1
    whole = ProgressFigure.objects.get(key=reported.translation_key)
    assert (first.page, first.plan, first.status) == (
        reported,
        plan,
        find_figure_status(whole, plan, TODAY, reported),
    )
    assert first.figure is not None
    assert (first.figure.effective, first.figure.reported_on) == (whole.effective, whole.reported_on)
    assert (second.page, second.figure) == (without_figure, None)
    assert second.status == find_figure_status(None, plan, TODAY, without_figure)


def test_commitments_of_other_plans_are_left_out(reported):
    other = CommitmentPageFactory(parent=AxisPageFactory(code="9"), code="9.1")

    rows = CommitmentPage.objects.with_status(TODAY, [find_plan(reported)])

    assert find_plan(other) != find_plan(reported)
    assert [row.page for row in rows] == [reported]
