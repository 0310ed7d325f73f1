"""The live figures follow published content only."""

import datetime
from decimal import Decimal
from unittest import mock

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from abierto.approval.ledger.imports import imported
from pages.figures.models import ProgressFigure
from pages.figures.projection import receivers
from pages.figures.projection.store import compute_figures, find_drift
from pages.reports.inlines import ReportRow
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    published,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]

NOVEMBER = datetime.date(2023, 11, 30)
DECEMBER = datetime.date(2023, 12, 1)
FEBRUARY = datetime.date(2024, 2, 29)


def read_figure(page) -> ProgressFigure:
    return ProgressFigure.objects.get(key=page.translation_key)


class PublishedUpdateTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = PlanPageFactory()
        cls.axis = AxisPageFactory(parent=cls.plan, code="1")
        cls.commitment = published(CommitmentPageFactory(parent=cls.axis, code="1.1", actions=2))
        cls.other = published(CommitmentPageFactory(parent=cls.axis, code="1.2", actions=1))

    def test_a_published_update_changes_every_figure_above_it(self):
        published(ProgressUpdatePageFactory(parent=self.commitment, rows={1: 60, 2: "En diseño"}))

        assert read_figure(self.commitment).computed == 30
        assert read_figure(self.axis).computed == 15
        assert read_figure(self.plan).computed == 15

    def test_a_draft_changes_nothing(self):
        ProgressUpdatePageFactory(parent=self.commitment, rows={1: 60, 2: 60})

        assert read_figure(self.commitment).computed == 0
        assert read_figure(self.commitment).reported_on is None

    def test_saving_a_draft_computes_nothing(self):
        draft = ProgressUpdatePageFactory(parent=self.commitment, rows={1: 60, 2: 60})

        with mock.patch.object(receivers, "project_plan") as project:
            draft.save()
            draft.save_revision()

        project.assert_not_called()

    def test_a_page_above_the_plan_saved_as_draft_takes_its_figures_down(self):
        above = self.plan.get_parent().specific

        above.live = False
        above.save()

        assert not ProgressFigure.objects.filter(plan_key=self.plan.translation_key).exists()

    def test_a_stage_is_stored_as_text(self):
        published(ProgressUpdatePageFactory(parent=self.other, rows={1: "En etapa de diseño"}))

        assert read_figure(self.other).stage == "En etapa de diseño"
        assert read_figure(self.other).computed == 0

    def test_unpublishing_an_update_restores_the_earlier_figures(self):
        published(ProgressUpdatePageFactory(parent=self.commitment, rows={1: 20, 2: 40}))
        newer = published(
            ProgressUpdatePageFactory(
                parent=self.commitment, period_start=DECEMBER, period_end=FEBRUARY, rows={1: 80, 2: 80}
            )
        )
        assert read_figure(self.commitment).computed == 80

        newer.unpublish()

        assert read_figure(self.commitment).computed == 30

    def test_an_action_without_a_new_row_keeps_its_last_figure(self):
        published(ProgressUpdatePageFactory(parent=self.commitment, rows={1: 20, 2: 40}))
        published(
            ProgressUpdatePageFactory(
                parent=self.commitment, period_start=DECEMBER, period_end=FEBRUARY, rows={1: 60, 2: None}
            )
        )

        assert read_figure(self.commitment).computed == 50

    def test_deleting_a_commitment_deletes_its_figures(self):
        published(ProgressUpdatePageFactory(parent=self.commitment, rows={1: 50, 2: 50}))

        self.commitment.delete()

        assert not ProgressFigure.objects.filter(key=self.commitment.translation_key).exists()
        assert read_figure(self.axis).computed == 0
        assert find_drift() == []


class DeclaredFigureTests(TestCase):
    def setUp(self):
        self.plan = PlanPageFactory()
        self.axis = AxisPageFactory(parent=self.plan, code="1")
        self.commitment = published(CommitmentPageFactory(parent=self.axis, code="1.5", actions=2))

    def publish_update(self, **fields):
        return published(ProgressUpdatePageFactory(parent=self.commitment, **fields))

    def test_declared_and_computed_figures_are_stored(self):
        self.publish_update(rows={1: 35, 2: 10}, declared=Decimal(23))

        figure = read_figure(self.commitment)

        assert (figure.declared, figure.computed, figure.effective) == (23, Decimal("22.5"), 23)
        assert figure.differs is False
        assert read_figure(self.axis).computed == 23

    def test_a_newer_update_outdates_the_declared_figure_but_it_is_still_shown(self):
        self.publish_update(rows={1: 35, 2: 10}, declared=Decimal(40))
        self.publish_update(period_start=DECEMBER, period_end=FEBRUARY, rows={1: 50, 2: 30})

        figure = read_figure(self.commitment)

        assert (figure.declared, figure.declared_on, figure.declared_counts) == (40, NOVEMBER, False)
        assert figure.effective == 40 == figure.computed

    def test_a_reported_axis_figure_counts_until_a_newer_update(self):
        self.publish_update(rows={1: 40, 2: 20})
        report = ReportPageFactory(parent=self.plan, cutoff=NOVEMBER)
        report.rows.add(build_axis_row(self.axis, declared=Decimal(51)))
        report.save()
        published(report)
        assert read_figure(self.axis).effective == 51

        self.publish_update(period_start=DECEMBER, period_end=FEBRUARY, rows={1: 60, 2: 20})

        axis = read_figure(self.axis)
        assert (axis.declared, axis.effective, axis.differs) == (51, 40, True)


class DriftTests(TestCase):
    def test_a_tampered_figure_is_found(self):
        commitment = published(CommitmentPageFactory(actions=1))
        published(ProgressUpdatePageFactory(parent=commitment, rows={1: 40}))
        assert find_drift() == []

        ProgressFigure.objects.filter(key=commitment.translation_key).update(computed=41)

        assert len(find_drift()) == 1

    def test_the_size_of_the_plan_adds_no_queries(self):
        plan = published(PlanPageFactory())
        small = self.count_queries(plan, commitments=1)
        large = self.count_queries(plan, commitments=6)

        assert small == large

    def count_queries(self, plan, commitments: int) -> int:
        axis = AxisPageFactory(parent=plan)
        with imported("Página de una prueba"):
            for _ in range(commitments):
                commitment = published(CommitmentPageFactory(parent=axis, actions=3))
                published(ProgressUpdatePageFactory(parent=commitment, rows={1: 10, 2: 20}))
        with CaptureQueriesContext(connection) as queries:
            compute_figures(plan)
        return len(queries)


def build_axis_row(axis, declared: Decimal):
    return ReportRow(
        level="axis", key=axis.translation_key, code=axis.code, label=axis.title, declared=declared
    )


@pytest.mark.django_db
def test_a_work_plan_has_no_figures():
    plan = published(PlanPageFactory(kind="work_plan"))

    assert compute_figures(plan) == []
    assert not ProgressFigure.objects.filter(plan_key=plan.translation_key).exists()
