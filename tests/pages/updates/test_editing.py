"""The editing form of an update in the admin, as an institution's editor."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from pages.plans.inlines import CommitmentAction
from pages.updates.drafts import start_update
from pages.updates.models import ProgressUpdatePage
from tests.factories import ProgressUpdatePageFactory, published
from tests.pages.admin.worlds import errors_of, evidence, opened, posted, sent, signed_in
from tests.pages.updates.editing import NEW, TYPED, in_review, latest, list_action_keys

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


# --- What the editor sees ------------------------------------------------------------------------------


def test_each_row_shows_its_action_promises_and_last_public_figure(world, editor):
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


def test_editors_cannot_add_remove_or_move_rows(editor, draft):
    screen = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()

    assert "id_rows-ADD" not in screen
    assert "id_rows-0-DELETE-button" not in screen
    assert 'type="hidden" name="rows-0-action_key"' in screen


def test_evidence_offers_the_promised_proofs_of_its_action(world, editor, draft):
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).context["form"]

    offered = [
        dict(row.fields["evidence"].block.child_blocks["evidence"].child_blocks["means_key"].field.choices)
        for row in form.formsets["rows"].forms
    ]

    proof = world.north.actions.get(number=1).means[0].id
    assert offered[0][proof] == "Informe publicado"
    assert list(offered[1]) == [""]


# --- Saving --------------------------------------------------------------------------------------------


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


def test_a_chosen_promised_proof_is_selected(world, editor, draft, form):
    proof = world.north.actions.get(number=1).means[0].id
    posted(editor, draft, form | evidence("rows-0-evidence", url="https://ejemplo.mx", means_key=proof))

    form = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).context["form"]

    stored = form.formsets["rows"].forms[0]["evidence"].value()[0].value
    assert stored["means_key"] == proof
    assert stored.block.child_blocks["means_key"].get_form_state(proof) == [proof]


def test_an_action_added_after_the_draft_gets_a_row(world, editor, draft):
    commitment = world.north
    commitment.actions.add(CommitmentAction(number=3, title="Publicar más", sort_order=3))
    published(commitment)

    form = opened(editor, draft)
    posted(editor, draft, form)

    assert form["rows-TOTAL_FORMS"] == "3"
    assert [row.action_key for row in latest(draft).rows.all()] == list_action_keys(world)
    assert latest(draft).rows.all()[2].value.is_missing


def test_a_row_missing_in_the_request_is_added_without_a_value(world, editor, draft, form):
    posted(editor, draft, form | {"rows-1-DELETE": "1", "rows-1-percent": "50"})

    rows = latest(draft).rows.all()
    assert sorted(row.action_key for row in rows) == sorted(list_action_keys(world))
    assert all(row.value.is_missing for row in rows)


def test_saving_twice_does_not_double_the_rows(editor, draft, form):
    posted(editor, draft, form)
    posted(editor, draft, opened(editor, draft))

    assert latest(draft).rows.count() == 2


def test_a_row_of_a_deleted_action_can_be_removed(world, editor, draft, form):
    commitment = world.north
    commitment.actions.remove(commitment.actions.all()[1])
    published(commitment)

    screen = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    refused = errors_of(posted(editor, draft, form))
    posted(editor, draft, form | {"rows-1-DELETE": "on"})

    assert "Quitar esta fila al guardar" in screen
    assert refused["rows-1-action_key"] == ["Esta acción no es de este compromiso. Quita su fila."]
    assert [row.action_key for row in latest(draft).rows.all()] == list_action_keys(world)


# --- Created from «Agregar una subpágina» -----------------------------------------------------------------


def test_the_generic_create_view_proposes_the_rows(world, editor):
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: 20, 2: 40}))
    url = reverse("wagtailadmin_pages:add", args=["pages", "progressupdatepage", world.north.pk])

    form = sent(editor.get(url), "ProgressUpdatePage")
    response = editor.post(url, form | NEW)

    assert response.status_code == 302
    created = ProgressUpdatePage.objects.get(slug="enero")
    assert [row.percent for row in created.rows.all()] == [Decimal(20), Decimal(40)]


def test_rows_missing_in_the_form_are_proposed_on_saving(world, editor):
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: 20}))
    url = reverse("wagtailadmin_pages:add", args=["pages", "progressupdatepage", world.north.pk])
    form = sent(editor.get(url), "ProgressUpdatePage")
    form = {name: value for name, value in form.items() if not name.startswith("rows-")}

    editor.post(url, form | NEW | {"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0"})

    created = ProgressUpdatePage.objects.get(slug="enero")
    assert [row.percent for row in created.rows.all()] == [Decimal(20), None]


# --- Half-filled drafts --------------------------------------------------------------------------------


def test_an_incomplete_draft_is_saved(editor, draft, form):
    response = posted(editor, draft, form | {"period_start": "", "period_end": ""})

    assert response.status_code == 302
    assert latest(draft).period_start is None


def test_submitting_requires_every_field(editor, draft, form):
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


def test_a_complete_update_is_submitted(editor, draft, form):
    form |= {"rows-0-percent": "30", "rows-1-note": "El área no entregó el dato"}

    response = posted(editor, draft, form, "action-submit")

    assert response.status_code == 302
    assert in_review(draft)
    assert not ProgressUpdatePage.objects.get(pk=draft.pk).live


def test_a_submission_with_unseen_rows_is_refused(world, editor):
    url = reverse("wagtailadmin_pages:add", args=["pages", "progressupdatepage", world.north.pk])
    form = sent(editor.get(url), "ProgressUpdatePage")
    form = {name: value for name, value in form.items() if not name.startswith("rows-")}
    form |= NEW | {"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0", "narrative": rich_text(TYPED)}

    response = editor.post(url, form | {"action-submit": "1"})

    assert errors_of(response)["__all__"] == [
        "Faltan acciones por reportar. Guarda el borrador para ver sus filas."
    ]
    assert TYPED in response.content.decode()


# --- Other institutions --------------------------------------------------------------------------------


def test_an_update_of_another_institution_cannot_be_edited(world, draft):
    stranger = signed_in(world.south_editor)

    response = stranger.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))

    assert response.status_code in (302, 403, 404)
    assert "narrative" not in response.content.decode()
