"""Figures, notes and titles of non-public pages do not appear on the pages above."""

import datetime
from decimal import Decimal

import pytest

from abierto.approval.ledger.imports import imported
from pages.figures.models import ProgressFigure
from pages.figures.projection.store import find_drift
from pages.reports.drafts import propose_report
from pages.reports.inlines import ReportRow
from pages.updates.models import ProgressUpdatePage
from pages.updates.row_proposal import read_last_figures
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    home,
    published,
)
from tests.pages.visibility.closing import (
    CLOSINGS,
    english_alias,
    restrict,
    save_as_draft,
    unpublish,
)
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REPORTED, DECLARED = Decimal("77.31"), Decimal("79.13")
SECRET = "Nota que solo lee quien tiene cuenta"
UPDATE_CLOSINGS = [close for close in CLOSINGS if not close.__name__.endswith("_parent")]


def read_figure(page):
    return ProgressFigure.objects.filter(key=page.translation_key).first()


def read_computed(page):
    return read_figure(page).computed


def build_progress(commitment, start, end, **fields):
    """A draft of an update on the months from ``start`` to ``end`` of 2023."""
    days = {
        "period_start": datetime.date(2023, start, 1),
        "period_end": datetime.date(2023, end, 30),
    }
    return ProgressUpdatePageFactory(parent=commitment, **days, **fields)


def publish_update(commitment):
    """Publish an update with a figure and a note, after one with 30 % and before a draft."""
    published(build_progress(commitment, 8, 9, rows={1: 30}))
    build_progress(commitment, 12, 12, rows={1: Decimal("88.17")}, title="Avance en borrador")
    newer = build_progress(commitment, 10, 11, rows={1: REPORTED}, title="Avance que se cierra")
    newer.declared, newer.declared_note = DECLARED, SECRET
    row = newer.rows.get()
    row.note = SECRET
    newer.rows = [row]
    newer.save()
    return published(newer)


@built_once
def publish_plan():
    """Publish a plan with an axis, a commitment and updates, and a home page that shows its figures."""
    plan = PlanPageFactory(title="Plan de cifras", slug="plan")
    axis = AxisPageFactory(parent=plan, code="1", title="Eje de cifras")
    commitment = published(CommitmentPageFactory(parent=axis, code="1.1", actions=1))
    update = publish_update(commitment)
    front = home()
    front.current_plan = plan
    return {"plan": plan, "axis": axis, "commitment": commitment, "update": update, "front": published(front)}


@pytest.fixture
def pages():
    return publish_plan()


@pytest.fixture
def plan(pages):
    return pages["plan"]


@pytest.fixture
def axis(pages):
    return pages["axis"]


@pytest.fixture
def commitment(pages):
    return pages["commitment"]


@pytest.fixture
def update(pages):
    return pages["update"]


@pytest.fixture
def front(pages):
    return pages["front"]


@pytest.mark.parametrize("close", UPDATE_CLOSINGS, ids=lambda close: close.__name__)
def test_a_closed_update_is_not_shown_above(client, front, plan, axis, commitment, update, close):
    above = [page.url for page in (commitment, axis, plan, front)]
    assert read_computed(commitment) == REPORTED
    assert all("79.13" in client.get(url).content.decode() for url in above)

    close(update)

    assert [read_computed(page) for page in (commitment, axis, plan)] == [30, 30, 30]
    assert read_figure(commitment).declared is None
    assert find_drift() == []
    for url in above:
        html = client.get(url).content.decode()
        hidden_texts = ("77.31", "79.13", "88.17", SECRET, update.title, update.url)
        assert not any(words in html for words in hidden_texts)


def test_opening_an_update_restores_its_figure_in_the_same_transaction(commitment, update):
    restriction = restrict(update)
    assert read_computed(commitment) == 30

    with imported("Se abre en una prueba"):
        restriction.delete()

    assert read_computed(commitment) == REPORTED


def test_a_restriction_moved_to_another_update_opens_the_first(commitment, update):
    restriction = restrict(update)
    other = commitment.get_children().order_by("path").first()
    with imported("Cambia de página en una prueba"):
        restriction.page = other
        restriction.save()

    assert read_computed(commitment) == REPORTED


def test_a_restriction_moved_to_another_plan_opens_the_first(commitment, update):
    restriction = restrict(update)
    other = PlanPageFactory(
        title="Otro plan", slug="otro", parent=commitment.get_parent().get_parent().get_parent()
    )
    with imported("Cambia de plan en una prueba"):
        restriction.page = published(other)
        restriction.save()

    assert read_computed(commitment) == REPORTED


@pytest.mark.parametrize("close", [restrict, unpublish, save_as_draft])
def test_a_closed_commitment_does_not_count_above(client, front, plan, axis, update, close):
    secret = CommitmentPageFactory(parent=axis, code="1.9", title="Promesa que se cierra", actions=1)
    secret = published(secret)
    published(ProgressUpdatePageFactory(parent=secret, rows={1: Decimal("91.19")}))
    assert read_computed(axis) == read_computed(plan) == Decimal("85.16")

    close(secret)

    assert read_figure(secret) is None
    assert read_computed(axis) == read_computed(plan) == DECLARED
    for url in (axis.url, plan.url, front.url, "/planes/", "/compromiso/plan/1.1/"):
        html = client.get(url, follow=True).content.decode()
        assert not any(words in html for words in (secret.title, secret.slug, "91.19", "85.16"))
    assert client.get("/compromiso/plan/1.9/").status_code == 404


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_closing_an_ancestor_removes_the_figures_and_opening_restores_them(plan, commitment, update, levels):
    above = commitment
    for _ in range(levels):
        above = above.get_parent().specific
    restriction = restrict(above)
    assert read_figure(commitment) is None
    of_plan = ProgressFigure.objects.filter(plan_key=plan.translation_key)
    assert of_plan.exists() == (levels == 1)

    with imported("Se abre en una prueba"):
        restriction.delete()
    assert read_computed(commitment) == REPORTED

    unpublish(above)
    assert read_figure(commitment) is None
    published(type(above).objects.get(pk=above.pk))
    assert read_computed(commitment) == REPORTED
    assert find_drift() == []


def test_a_closed_report_is_not_shown_and_declares_nothing(client, plan, commitment, update):
    report = ReportPageFactory(parent=plan, title="Informe que se cierra", cutoff=datetime.date(2024, 3, 1))
    report.rows.add(
        ReportRow(
            level="commitment",
            key=commitment.translation_key,
            code="1.1",
            label="Compromiso",
            declared=Decimal("55.57"),
        )
    )
    report.presented_on = datetime.date(2024, 3, 2)
    report.save()
    report = published(report)
    assert read_figure(commitment).declared == Decimal("55.57")
    assert report.title in client.get(commitment.url).content.decode()

    restrict(report)

    assert read_figure(commitment).declared == DECLARED
    for url in (commitment.url, update.url, plan.url):
        html = client.get(url).content.decode()
        assert not any(words in html for words in (report.title, report.url, "55.57"))


@pytest.mark.parametrize("url", ["/", "/planes/"])
def test_a_closed_plan_is_not_shown_above(client, front, plan, url):
    assert plan.title in client.get(url).content.decode()

    restrict(plan)

    html = client.get(url).content.decode()
    assert not any(words in html for words in (plan.title, plan.url, "79.13"))


def test_a_report_is_proposed_up_to_the_last_public_update(plan, update):
    assert propose_report(plan)["cutoff"] == update.period_end

    restrict(update)

    assert propose_report(plan)["cutoff"] == datetime.date(2023, 9, 30)


def test_the_english_alias_of_a_closed_update_is_not_shown(client, commitment, update):
    english_alias(update)
    address = f"/en{commitment.url}"
    assert "77.31" in client.get(address).content.decode()

    restrict(update)

    html = client.get(address).content.decode()
    assert not any(words in html for words in ("77.31", SECRET, update.slug))


def test_an_editor_is_offered_only_public_figures(commitment, update):
    action = commitment.actions.get().translation_key
    later = ProgressUpdatePage(period_end=datetime.date(2024, 6, 30))
    later.intended_parent = commitment
    assert read_last_figures(commitment)[action].value.percent == REPORTED
    assert "declared" in later.figures_before()

    restrict(update)

    assert read_last_figures(commitment)[action].value.percent == 30
    assert "declared" not in later.figures_before()
