"""The editing form of a report in the admin, as the state team."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from pages.reports.drafts import start_report
from pages.reports.models import ReportPage
from tests.factories import ProgressUpdatePageFactory, published
from tests.pages.admin.worlds import ListingWorld, build, errors_of, opened, posted, signed_in
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

VALUES = {
    "kind": "partial",
    "number": 1,
    "period_start": datetime.date(2022, 8, 1),
    "period_end": datetime.date(2023, 11, 30),
    "cutoff": datetime.date(2023, 11, 30),
}
TYPED = "El primer año del plan"


@built_once
def build_draft_report() -> tuple[ListingWorld, ReportPage, dict[str, Any]]:
    """Build the institutions, publish an update, start a report and open its form."""
    world = build()
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: 35, 2: 10}))
    draft = start_report(world.plan, VALUES, world.state_editor)
    return world, draft, opened(signed_in(world.state_editor), draft)


@pytest.fixture
def desk():
    return build_draft_report()


@pytest.fixture
def world(desk) -> ListingWorld:
    return desk[0]


@pytest.fixture
def editor(world):
    return signed_in(world.state_editor)


@pytest.fixture
def draft(desk) -> ReportPage:
    return desk[1]


@pytest.fixture
def form(desk):
    return {**desk[2], "intro": TYPED, "errata-TOTAL_FORMS": "0"}


def read_latest(report) -> ReportPage:
    return ReportPage.objects.get(pk=report.pk).get_latest_revision_as_object()


def index_of(report, key) -> int:
    return [row.key for row in report.rows.all()].index(key)


def find_figure(report, key):
    return next(row for row in report.rows.all() if row.key == key)


def test_every_figure_of_the_grid_is_typed_as_text_and_read_in_spanish(world, editor, draft, form):
    screen = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    row = f"rows-{index_of(draft, world.plan.translation_key)}"

    posted(editor, draft, form | {f"{row}-declared": "22,75 %", f"{row}-note": "Se redondeó."})

    assert 'type="number"' not in screen
    assert find_figure(read_latest(draft), world.plan.translation_key).declared == Decimal("22.75")


def test_every_part_of_the_plan_has_a_row_with_its_computed_figure(world, editor, draft):
    screen = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()

    for text in ("Plan 2022-2024", "Datos del norte", "Abrir los datos", "22.5\xa0%", "Según el promedio"):
        assert text in screen
    assert "id_rows-ADD" not in screen
    assert 'name="rows-0-computed"' not in screen


def test_a_declared_figure_is_saved_and_the_figures_above_are_recomputed(world, editor, draft, form):
    commitment = index_of(draft, world.north.translation_key)

    response = posted(editor, draft, form | {f"rows-{commitment}-declared": "50"})

    assert response.status_code == 302
    saved = read_latest(draft)
    own = find_figure(saved, world.north.translation_key)
    assert (own.declared, own.computed, own.differs) == (Decimal(50), Decimal("22.5"), True)
    assert find_figure(saved, world.plan.translation_key).computed == Decimal(25)
    assert saved.intro == TYPED


def test_the_computed_figure_cannot_be_submitted(world, editor, draft, form):
    posted(editor, draft, form | {"rows-0-computed": "99", "rows-0-effective": "99"})

    assert read_latest(draft).rows.all()[0].computed == Decimal("11.25")


def test_an_incomplete_draft_is_saved_and_cannot_be_submitted(editor, draft, form):
    half = form | {"period_start": "", "period_end": ""}

    assert posted(editor, draft, half).status_code == 302
    half |= {"opened_version": opened(editor, draft)["opened_version"]}
    errors = errors_of(posted(editor, draft, half, "action-submit"))

    assert errors["period_start"] == ["Escribe el primer día del periodo."]
    assert errors["period_end"] == ["Escribe el último día del periodo."]
    assert ReportPage.objects.get(pk=draft.pk).current_workflow_state is None


def test_a_difference_needs_a_note_before_the_submission(world, editor, draft, form):
    row = index_of(draft, world.north.translation_key)
    form |= {f"rows-{row}-declared": "50"}

    refused = posted(editor, draft, form, "action-submit")
    explained = posted(editor, draft, form | {f"rows-{row}-note": "Cuenta un convenio."}, "action-submit")

    assert errors_of(refused) == {
        f"rows-{row}-note": ["El informe dice 50\xa0% y el promedio es 22.5\xa0%. Explica por qué."]
    }
    assert TYPED in refused.content.decode()
    assert explained.status_code == 302
    assert ReportPage.objects.get(pk=draft.pk).current_workflow_state is not None


BAD = {
    "percent above 100": (
        "rows-0-declared",
        "101",
        "rows-0-declared",
        "Escribe un porcentaje entre 0 y 100.",
    ),
    "reversed period": ("period_end", "2022-01-01", "period_end", "El periodo termina antes de empezar"),
    "presented before the cut-off": ("presented_on", "2023-01-01", "presented_on", "antes de su corte"),
    "another cut-off": ("cutoff", "2023-10-31", "cutoff", "Para este, prepara otro informe."),
    "a row taken away": ("rows-1-DELETE", "1", "__all__", "no se agregan ni se quitan"),
    "a row of nowhere": ("rows-0-id", "", "__all__", "no se agregan ni se quitan"),
}


@pytest.mark.parametrize("case", BAD)
def test_invalid_input_is_refused_on_its_field_and_all_input_kept(editor, draft, form, case):
    name, value, field, sentence = BAD[case]

    response = posted(editor, draft, form | {name: value})

    assert sentence in errors_of(response)[field][0]
    screen = response.content.decode()
    assert sentence in screen
    assert TYPED in screen


def test_an_action_has_a_percentage_or_a_stage(world, editor, draft, form):
    row = index_of(draft, world.north.actions.get(number=1).translation_key)

    response = posted(editor, draft, form | {f"rows-{row}-stage": "En diseño"})

    assert errors_of(response)[f"rows-{row}-stage"] == ["Deja solo uno: el porcentaje o la etapa."]


def test_public_figures_do_not_change_and_an_erratum_is_accepted(world, editor, draft):
    published(draft)
    form = {**opened(editor, draft), "intro": TYPED, "errata-TOTAL_FORMS": "1"}
    form |= {
        "errata-0-date": "2024-01-15",
        "errata-0-text": "Decía 10.",
        "errata-0-id": "",
        "errata-0-ORDER": "1",
    }

    refused = posted(editor, draft, form | {"rows-0-declared": "99"})
    accepted = posted(editor, draft, form, "action-submit")

    sentence = "Las cifras públicas no cambian. Déjala como estaba y agrega una fe de erratas."
    assert errors_of(refused)["rows-0-declared"] == [sentence]
    assert TYPED in refused.content.decode()
    assert accepted.status_code == 302
    assert [erratum.text for erratum in read_latest(draft).errata.all()] == ["Decía 10."]
    assert ReportPage.objects.get(pk=draft.pk).rows.first().declared is None


def test_changed_figures_cannot_be_published_without_the_form(draft):
    report = published(draft)
    row = report.rows.all()[0]
    row.declared = Decimal(99)
    report.rows = [row, *report.rows.all()[1:]]

    with pytest.raises(ValidationError, match="no cambian"):
        report.full_clean()


def test_browser_line_ends_do_not_change_a_public_figure(world, editor, draft):
    first = draft.rows.all()[0]
    first.note = "Una línea\notra"
    draft.rows = [first, *draft.rows.all()[1:]]
    draft.save_revision()
    published(draft)
    form = {**opened(editor, draft), "errata-TOTAL_FORMS": "0"}

    response = posted(editor, draft, form | {"rows-0-note": "Una línea\r\notra"}, "action-submit")

    assert response.status_code == 302
    assert read_latest(draft).rows.all()[0].note == "Una línea\notra"


def test_a_report_proposes_its_figures_once_it_has_a_cut_off_date(world, editor):
    add = reverse("wagtailadmin_pages:add", args=["pages", "reportpage", world.plan.pk])
    new = {"title": "Informe", "slug": "informe", "kind": "final", "number": "1", "body-count": "0"}
    empty = {f"{name}-{form}_FORMS": "0" for name in ("rows", "errata") for form in ("TOTAL", "INITIAL")}
    editor.post(add, new | empty)
    report = ReportPage.objects.get(slug="informe")
    assert not report.rows.exists()

    posted(editor, report, opened(editor, report) | {"cutoff": "2023-11-30"})

    assert find_figure(read_latest(report), world.north.translation_key).computed == Decimal("22.5")
