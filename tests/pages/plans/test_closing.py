"""Closing a plan: every commitment has an outcome with its reason, and nothing waits for a decision."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Revision

from pages.plans.commitments import CommitmentPage
from pages.plans.enums import CommitmentOutcome, PlanKind
from pages.plans.models import AxisPage, PlanPage
from pages.reports.models import ReportKind, ReportPage
from tests.abierto.approval.newsroom import draft_update, newsroom, submit
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    published,
)
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = datetime.date(2024, 9, 30)


def add_commitment(plan, code="1.1", **fields):
    axis = plan.get_children().first() or AxisPageFactory(parent=plan)
    return published(CommitmentPageFactory(parent=axis.specific, code=code, **fields))


def add_ended_commitment(plan, code="1.1"):
    return add_commitment(plan, code, outcome=CommitmentOutcome.MET, outcome_reason="Se publicó el padrón.")


def find_error(plan, day=DAY) -> str:
    fresh = PlanPage.objects.get(pk=plan.pk)
    fresh.closed_on = day
    return fresh.publication_errors().get("closed_on", "")


@pytest.fixture
@built_once
def plan():
    return PlanPageFactory(period_start=datetime.date(2022, 8, 1), period_end=datetime.date(2024, 8, 31))


@pytest.fixture
@built_once
def reported(plan):
    """A plan with its final report and one commitment that ended."""
    add_ended_commitment(plan)
    published(ReportPageFactory(parent=plan, kind=ReportKind.FINAL, cutoff=datetime.date(2030, 1, 1)))
    return plan


def test_a_plan_closes_when_everything_is_decided(client, reported):
    fresh = PlanPage.objects.get(pk=reported.pk)
    fresh.closed_on = DAY

    html = client.get(published(fresh).url).content.decode()

    assert "Se cerró el 30 de septiembre de 2024." in html
    assert "Cumplido: 1." in html


def test_a_commitment_without_an_outcome_keeps_its_plan_open(reported):
    add_commitment(reported, "1.2")

    assert find_error(reported) == "Falta publicar cómo terminaron estos compromisos: 1.2."


def test_a_draft_commitment_does_not_count(reported):
    CommitmentPageFactory(parent=AxisPageFactory(parent=reported, code="9"), code="9.1")

    assert find_error(reported) == ""


def test_an_update_in_review_keeps_its_plan_open():
    room = newsroom()
    plan = room.commitment.get_parent().get_parent()
    submit(draft_update(room, title="Reporte de agosto"), room.editor)

    assert "Reporte de agosto" in find_error(plan)


def test_a_plan_with_figures_closes_with_its_final_report(plan):
    add_ended_commitment(plan)

    assert find_error(plan) == "Publica primero el informe final."


def test_a_work_plan_needs_no_final_report(plan):
    PlanPage.objects.filter(pk=plan.pk).update(kind=PlanKind.WORK_PLAN)
    add_ended_commitment(plan)

    assert find_error(plan) == ""


def test_a_plan_closes_neither_in_the_future_nor_before_it_began(reported):
    assert "todavía no llega" in find_error(reported, timezone.localdate() + datetime.timedelta(days=1))
    assert "antes de empezar" in find_error(reported, datetime.date(2022, 7, 31))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"outcome": CommitmentOutcome.UNMET}, {"outcome_reason"}),
        ({"outcome_reason": "No hubo presupuesto."}, {"outcome"}),
        ({"outcome": CommitmentOutcome.UNMET, "outcome_reason": "No hubo presupuesto."}, set()),
    ],
)
def test_an_outcome_has_its_reason(fields, wrong):
    assert set(CommitmentPageFactory(**fields).publication_errors()) == wrong


def test_a_commitment_shows_how_it_ended(client, plan):
    html = client.get(add_ended_commitment(plan).url).content.decode()

    assert "Cómo terminó" in html
    assert "<strong>Cumplido.</strong> Se publicó el padrón." in html


@pytest.fixture
def closed(reported):
    fresh = PlanPage.objects.get(pk=reported.pk)
    fresh.closed_on = DAY
    return published(fresh)


def test_the_outcome_of_a_closed_plan_is_not_emptied(closed):
    page = CommitmentPage.objects.descendant_of(closed).get()
    page.outcome = page.outcome_reason = ""

    assert page.publication_errors() == {
        "outcome": "El plan se cerró el 30 de septiembre de 2024: deja escrito cómo terminó este compromiso."
    }
    with pytest.raises(ValidationError):
        published(page)
    page.outcome, page.outcome_reason = CommitmentOutcome.PARTLY, "Faltó el padrón."
    assert published(page).outcome == CommitmentOutcome.PARTLY


def test_a_new_commitment_of_a_closed_plan_has_its_outcome(closed):
    axis = AxisPage.objects.child_of(closed).get()

    assert "outcome" in CommitmentPageFactory(parent=axis, code="1.2").publication_errors()


def test_the_final_report_of_a_closed_plan_stays_one(closed):
    report = ReportPage.objects.child_of(closed).get()
    report.kind = ReportKind.PARTIAL

    assert list(report.publication_errors()) == ["kind"]
    published(ReportPageFactory(parent=closed, kind=ReportKind.FINAL, number=2, cutoff=report.cutoff))
    assert report.publication_errors() == {}


def test_a_closed_plan_is_no_longer_open(closed):
    assert closed.status == "in_progress"
    assert not closed.is_open


def test_an_update_that_waits_for_its_date_keeps_its_plan_open():
    room = newsroom()
    plan = room.commitment.get_parent().get_parent()
    update = draft_update(room, title="Reporte de octubre")
    update.save_revision(user=room.editor)
    Revision.objects.for_instance(update).update(approved_go_live_at=timezone.now())

    assert "Reporte de octubre" in find_error(plan)


def test_a_closed_plan_receives_no_further_updates(reported):
    fresh = PlanPage.objects.get(pk=reported.pk)
    fresh.closed_on = DAY
    page = published(fresh).get_children().first().get_children().first().specific

    with pytest.raises(ValidationError):
        published(ProgressUpdatePageFactory(parent=page, rows={}))
