"""The editing form of an update, through the admin, as an institution's editor."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from pages.plans.parts import CommitmentAction
from pages.updates.page import ProgressUpdatePage
from pages.updates.proposal import start_update
from tests.factories import ProgressUpdatePageFactory, published
from tests.pages.admin.worlds import World, build, errors_of, evidence, opened, posted, sent, signed_in

pytestmark = pytest.mark.django_db

AUGUST, NOVEMBER = datetime.date(2023, 8, 1), datetime.date(2023, 11, 30)
NEW = {"title": "Avance de enero", "slug": "enero", "narrative": rich_text("")} | {
    "period_start": "2024-01-01",
    "period_end": "2024-01-31",
}
TYPED = "Se abrieron cuatro conjuntos de datos"


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def editor(world):
    return signed_in(world.north_editor)


@pytest.fixture
def draft(world):
    return start_update(world.north, AUGUST, NOVEMBER, world.north_editor)


@pytest.fixture
def form(editor, draft):
    return {**opened(editor, draft), "narrative": rich_text(f"<p>{TYPED}</p>")}


def latest(page) -> ProgressUpdatePage:
    return ProgressUpdatePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def in_review(page) -> bool:
    return ProgressUpdatePage.objects.get(pk=page.pk).current_workflow_state is not None


def action_keys(world) -> list:
    return [action.translation_key for action in world.north.actions.all()]


# --- What the editor sees ------------------------------------------------------------------------------


def test_each_row_shows_its_action_what_was_promised_and_the_last_public_figure(world, editor):
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: Decimal("33.5"), 2: "En diseño"}))
    december = datetime.date(2023, 12, 1)
    later = start_update(world.north, december, december, world.north_editor)

    screen = editor.get(reverse("wagtailadmin_pages:edit", args=[later.pk])).content.decode()

    assert 'name="rows-0-percent" value="33.5"' in screen
    assert "Acción 1. Abrir los datos" in screen
    assert "Informe publicado" in screen
    assert "33.5\xa0%" in screen
    assert "30 de noviembre de 2023" in screen
    assert "En diseño" in screen


def test_rows_are_not_added_removed_or_moved_by_hand(editor, draft):
    screen = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()

    assert "id_rows-ADD" not in screen
    assert "id_rows-0-DELETE-button" not in screen
    assert 'type="hidden" name="rows-0-action_key"' in screen


def test_evidence_offers_the_proofs_promised_for_its_own_action(world, editor, draft):
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).context["form"]

    offered = [
        dict(row.fields["evidence"].block.child_blocks["evidence"].child_blocks["means_key"].field.choices)
        for row in form.formsets["rows"].forms
    ]

    proof = world.north.actions.get(number=1).means[0].id
    assert offered[0][proof] == "Informe publicado"
    assert list(offered[1]) == [""]


# --- What is kept --------------------------------------------------------------------------------------


def test_figures_notes_and_evidence_are_saved_in_the_draft(world, editor, draft, form):
    proof = world.north.actions.get(number=1).means[0].id
    form |= {"rows-0-percent": "30", "rows-0-note": "Faltan dos", "rows-1-stage": "En diseño"}
    form |= evidence("rows-0-evidence", url="https://ejemplo.mx/datos", means_key=proof)

    response = posted(editor, draft, form)

    assert response.status_code == 302
    first, second = latest(draft).rows.all()
    assert (first.percent, first.note, second.stage) == (Decimal(30), "Faltan dos", "En diseño")
    assert first.evidence[0].value["means_key"] == proof
    assert not ProgressUpdatePage.objects.get(pk=draft.pk).live


def test_a_promised_proof_chosen_before_is_shown_as_chosen(world, editor, draft, form):
    proof = world.north.actions.get(number=1).means[0].id
    posted(editor, draft, form | evidence("rows-0-evidence", url="https://ejemplo.mx", means_key=proof))

    form = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).context["form"]

    stored = form.formsets["rows"].forms[0]["evidence"].value()[0].value
    assert stored["means_key"] == proof
    assert stored.block.child_blocks["means_key"].get_form_state(proof) == [proof]


def test_an_action_promised_after_the_draft_gets_its_row(world, editor, draft):
    commitment = world.north
    commitment.actions.add(CommitmentAction(number=3, title="Publicar más", sort_order=3))
    published(commitment)

    form = opened(editor, draft)
    posted(editor, draft, form)

    assert form["rows-TOTAL_FORMS"] == "3"
    assert [row.action_key for row in latest(draft).rows.all()] == action_keys(world)
    assert latest(draft).rows.all()[2].value.is_missing


def test_a_row_left_out_of_the_request_comes_back_without_a_value(world, editor, draft, form):
    posted(editor, draft, form | {"rows-1-DELETE": "1", "rows-1-percent": "50"})

    rows = latest(draft).rows.all()
    assert sorted(row.action_key for row in rows) == sorted(action_keys(world))
    assert all(row.value.is_missing for row in rows)


def test_saving_twice_does_not_double_the_rows(editor, draft, form):
    posted(editor, draft, form)
    posted(editor, draft, opened(editor, draft))

    assert latest(draft).rows.count() == 2


def test_a_row_of_an_action_that_is_gone_can_be_removed(world, editor, draft, form):
    commitment = world.north
    commitment.actions.remove(commitment.actions.all()[1])
    published(commitment)

    screen = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    refused = errors_of(posted(editor, draft, form))
    posted(editor, draft, form | {"rows-1-DELETE": "on"})

    assert "Quitar esta fila al guardar" in screen
    assert refused["rows-1-action_key"] == ["Esta acción no es de este compromiso. Quita su fila."]
    assert [row.action_key for row in latest(draft).rows.all()] == action_keys(world)


# --- Created from «Añadir página hija» -----------------------------------------------------------------


def test_the_generic_way_of_creating_proposes_the_rows_too(world, editor):
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: 20, 2: 40}))
    url = reverse("wagtailadmin_pages:add", args=["pages", "progressupdatepage", world.north.pk])

    form = sent(editor.get(url), "ProgressUpdatePage")
    response = editor.post(url, form | NEW)

    assert response.status_code == 302
    created = ProgressUpdatePage.objects.get(slug="enero")
    assert [row.percent for row in created.rows.all()] == [Decimal(20), Decimal(40)]


def test_rows_that_never_reached_the_form_are_proposed_on_saving(world, editor):
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: 20}))
    url = reverse("wagtailadmin_pages:add", args=["pages", "progressupdatepage", world.north.pk])
    form = sent(editor.get(url), "ProgressUpdatePage")
    form = {name: value for name, value in form.items() if not name.startswith("rows-")}

    editor.post(url, form | NEW | {"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0"})

    created = ProgressUpdatePage.objects.get(slug="enero")
    assert [row.percent for row in created.rows.all()] == [Decimal(20), None]


# --- Half-filled drafts --------------------------------------------------------------------------------


def test_a_half_filled_draft_is_saved(editor, draft, form):
    response = posted(editor, draft, form | {"period_start": "", "period_end": ""})

    assert response.status_code == 302
    assert latest(draft).period_start is None


def test_submitting_demands_the_rest_on_each_field(editor, draft, form):
    response = posted(editor, draft, form | {"period_start": "", "period_end": ""}, "action-submit")

    missing = "Escribe un porcentaje o una etapa. Si no hay dato, di por qué en la nota."
    assert errors_of(response) == {
        "period_start": ["Escribe el primer día del periodo."],
        "period_end": ["Escribe el último día del periodo."],
        "rows-0-percent": [missing],
        "rows-1-percent": [missing],
    }
    assert TYPED in response.content.decode()
    assert not in_review(draft)


def test_the_button_to_publish_publishes_nothing(editor, draft, form):
    posted(editor, draft, form | {"rows-0-percent": "30", "rows-1-percent": "40"}, "action-publish")

    assert not ProgressUpdatePage.objects.get(pk=draft.pk).live


def test_a_complete_update_goes_to_review(editor, draft, form):
    form |= {"rows-0-percent": "30", "rows-1-note": "El área no entregó el dato"}

    response = posted(editor, draft, form, "action-submit")

    assert response.status_code == 302
    assert in_review(draft)
    assert not ProgressUpdatePage.objects.get(pk=draft.pk).live


def test_rows_that_were_never_seen_are_not_submitted(world, editor):
    url = reverse("wagtailadmin_pages:add", args=["pages", "progressupdatepage", world.north.pk])
    form = sent(editor.get(url), "ProgressUpdatePage")
    form = {name: value for name, value in form.items() if not name.startswith("rows-")}
    form |= NEW | {"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0", "narrative": rich_text(TYPED)}

    response = editor.post(url, form | {"action-submit": "1"})

    assert errors_of(response)["__all__"] == [
        "Faltan acciones por reportar. Guarda el borrador para ver sus filas."
    ]
    assert TYPED in response.content.decode()


# --- Bad input -----------------------------------------------------------------------------------------

BAD = {
    "percent above 100": (
        {"rows-0-percent": "101"},
        "rows-0-percent",
        "Escribe un porcentaje entre 0 y 100.",
    ),
    "percent below 0": ({"rows-0-percent": "-1"}, "rows-0-percent", "Escribe un porcentaje entre 0 y 100."),
    "declared above 100": ({"declared": "100.5"}, "declared", "Escribe un porcentaje entre 0 y 100."),
    "percent and stage": (
        {"rows-0-percent": "30", "rows-0-stage": "En diseño"},
        "rows-0-stage",
        "Deja solo uno: el porcentaje o la etapa.",
    ),
    "stage of spaces": (
        {"rows-0-stage": "   "},
        "rows-0-stage",
        "Escribe en qué etapa va la acción, o deja el campo vacío.",
    ),
    "stage of invisible characters": (
        {"rows-0-stage": "\u200b\u2060"},
        "rows-0-stage",
        "Escribe en qué etapa va la acción, o deja el campo vacío.",
    ),
    "period ends before it starts": (
        {"period_start": "2023-11-30", "period_end": "2023-08-01"},
        "period_end",
        "El periodo termina antes de empezar. Corrige una de las dos fechas.",
    ),
    "action twice": (
        {"rows-1-action_key": "first"},
        "rows-1-action_key",
        "Esta acción ya tiene una fila. Deja solo una.",
    ),
    "action of somebody else": (
        {"rows-1-action_key": "foreign"},
        "rows-1-action_key",
        "Esta acción no es de este compromiso. Quita su fila.",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_on_its_field_with_everything_typed_kept(world, editor, draft, form, case):
    typed, field, sentence = BAD[case]
    keys = {"first": action_keys(world)[0], "foreign": world.south.actions.first().translation_key}
    typed = {name: str(keys.get(value, value)) for name, value in typed.items()}

    response = posted(editor, draft, form | {"rows-1-note": "Otra nota"} | typed)

    assert sentence in errors_of(response)[field]
    screen = response.content.decode()
    assert sentence in screen
    assert TYPED in screen
    assert "Otra nota" in screen
    assert latest(draft).narrative == ""


def test_a_percentage_that_is_no_number_is_refused_and_kept(editor, draft, form):
    response = posted(editor, draft, form | {"rows-0-percent": "mucho"})

    assert "rows-0-percent" in errors_of(response)
    assert 'value="mucho"' in response.content.decode()


def test_an_overlapping_period_is_refused_and_names_the_other_update(world, editor, draft, form):
    ProgressUpdatePageFactory(
        parent=world.north,
        title="Avance de diciembre",
        period_start=datetime.date(2023, 12, 1),
        period_end=datetime.date(2023, 12, 31),
    )

    response = posted(editor, draft, form | {"period_end": "2023-12-01"})

    (sentence,) = errors_of(response)["period_start"]
    assert "Avance de diciembre" in sentence
    assert TYPED in response.content.decode()


@pytest.mark.parametrize("url", ["ftp://ejemplo.mx/datos", "javascript:alert(1)", "ejemplo.mx"])
def test_an_evidence_link_that_is_not_http_is_refused_and_kept(editor, draft, form, url):
    response = posted(editor, draft, form | evidence("rows-0-evidence", url=url))

    assert "rows-0-evidence" in errors_of(response)
    screen = response.content.decode()
    assert "https://" in screen
    assert url.split("(")[0] in screen
    assert TYPED in screen


def test_a_proof_promised_for_another_action_is_refused(world, editor, draft, form):
    proof = world.north.actions.get(number=1).means[0].id

    response = posted(
        editor, draft, form | evidence("rows-1-evidence", url="https://ejemplo.mx", means_key=proof)
    )

    assert "rows-1-evidence" in errors_of(response)


def test_a_declared_figure_that_the_account_contradicts_asks_for_its_reason(editor, draft, form):
    form |= {"rows-0-percent": "30", "rows-1-percent": "40", "declared": "50"}

    refused = posted(editor, draft, form, "action-submit")
    explained = posted(editor, draft, form | {"declared_note": "Cuenta un convenio."}, "action-submit")

    assert errors_of(refused)["declared_note"] == [
        "La cuenta de las acciones da 35\xa0% y declaras 50\xa0%. Explica por qué."
    ]
    assert explained.status_code == 302


def test_a_taken_address_is_refused_on_its_field(world, editor, draft, form):
    ProgressUpdatePageFactory(
        parent=world.north,
        slug="ocupada",
        period_start=datetime.date(2024, 1, 1),
        period_end=datetime.date(2024, 1, 31),
    )

    response = posted(editor, draft, form | {"slug": "ocupada"})

    assert errors_of(response)["slug"] == ["Otra página de aquí ya usa la dirección «ocupada». Escribe otra."]
    assert TYPED in response.content.decode()


# --- Whose commitment it is ----------------------------------------------------------------------------


def test_nobody_edits_the_update_of_another_institution(world, draft):
    stranger = signed_in(world.south_editor)

    response = stranger.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))

    assert response.status_code in (302, 403, 404)
    assert "narrative" not in response.content.decode()
