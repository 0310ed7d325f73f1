"""Two editors on one page: the second sees both versions and loses nothing of her text."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import querydict_from_html

from abierto.registry.models import Institution
from tests import factories
from tests.abierto.approval.conflicts.editor_forms import (
    address,
    conflict_fields,
    latest,
    opened,
    sent,
    signed_in,
)
from tests.abierto.approval.newsroom import approved_revision, fresh, newsroom, submit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AS_A_SCRIPT = {"accept": "application/json"}


@pytest.fixture
def room():
    return newsroom()


@pytest.fixture
def page(room):
    return factories.StandardPageFactory(title="Datos abiertos", summary="Uno", owner=room.editor)


# --- The second save -----------------------------------------------------------------------------------


def test_an_unchanged_version_is_saved(room, page):
    client = signed_in(room.editor)

    assert client.post(address(page), opened(client, page) | {"title": "Mío"}).status_code == 302
    assert latest(page).title == "Mío"


@pytest.mark.parametrize("action", ["", "action-submit", "action-publish"])
def test_the_second_editor_sees_both_versions_and_keeps_her_text(room, page, action):
    first, second = signed_in(room.editor), signed_in(room.both)
    second_form = opened(second, page) | {"title": "Segundo título", action: "1"}
    first.post(address(page), opened(first, page) | {"title": "Primer título"})

    response = second.post(address(page), second_form)

    assert response.status_code == 409
    shown = response.content.decode()
    assert "Primer" in shown
    assert room.editor.public_name in shown
    assert conflict_fields(response)["title"] == "Segundo título"
    assert latest(page).title == "Primer título"
    assert fresh(page).current_workflow_state is None


def test_combining_applies_her_changes_to_the_latest_version(room, page):
    first, second = signed_in(room.editor), signed_in(room.both)
    second_form = opened(second, page) | {"title": "Segundo título"}
    first.post(address(page), opened(first, page) | {"summary": "Resumen de la primera"})
    again = conflict_fields(second.post(address(page), second_form))

    response = second.post(address(page), again | {"collision": "combine"})

    assert response.status_code == 302
    assert (latest(page).title, latest(page).summary) == ("Segundo título", "Resumen de la primera")
    assert fresh(page).latest_revision.user == room.both


def test_fields_changed_by_both_are_named_and_the_other_text_stays_in_the_history(room, page):
    first, second = signed_in(room.editor), signed_in(room.both)
    second_form = opened(second, page) | {"summary": "Suyo"}
    first.post(address(page), opened(first, page) | {"summary": "De la primera"})

    response = second.post(address(page), second_form)
    second.post(address(page), conflict_fields(response) | {"collision": "combine"})

    assert "Ambas personas cambiaron: Resumen" in response.content.decode()
    assert latest(page).summary == "Suyo"
    assert [revision.content["summary"] for revision in page.revisions.order_by("pk")][-2:] == [
        "De la primera",
        "Suyo",
    ]


def test_a_second_conflict_while_deciding_loses_nothing(room, page):
    first, second = signed_in(room.editor), signed_in(room.both)
    second_form = opened(second, page) | {"title": "Suyo"}
    first.post(address(page), opened(first, page) | {"summary": "Primera"})
    again = conflict_fields(second.post(address(page), second_form))
    first.post(address(page), opened(first, page) | {"search_description": "Otra vez"})

    again_conflict = second.post(address(page), again | {"collision": "combine"})
    done = second.post(address(page), conflict_fields(again_conflict) | {"collision": "combine"})

    assert (again_conflict.status_code, done.status_code) == (409, 302)
    last = latest(page)
    assert (last.title, last.summary, last.search_description) == ("Suyo", "Primera", "Otra vez")


def test_saving_only_her_version_replaces_the_latest(room, page):
    first, second = signed_in(room.editor), signed_in(room.both)
    second_form = opened(second, page) | {"title": "Suyo"}
    first.post(address(page), opened(first, page) | {"summary": "Primera"})

    again = conflict_fields(second.post(address(page), second_form))
    response = second.post(address(page), again | {"collision": "mine"})

    assert response.status_code == 302
    assert (latest(page).title, latest(page).summary) == ("Suyo", "Uno")


def test_inline_rows_are_combined_too(room):
    editor, second = signed_in(room.editor), signed_in(room.both)
    commitment = room.commitment
    stream = {"actions-0-means-count": "0", "actions-1-means-count": "0"}
    second_form = opened(second, commitment) | stream | {"actions-0-title": "Abrir más datos"}
    editor.post(address(commitment), opened(editor, commitment) | stream | {"problem": "Otro problema"})

    response = second.post(address(commitment), second_form)
    done = second.post(address(commitment), conflict_fields(response) | {"collision": "combine"})

    assert (response.status_code, done.status_code) == (409, 302)
    assert latest(commitment).actions.first().title == "Abrir más datos"
    assert latest(commitment).problem == "Otro problema"
    assert fresh(commitment).actions.first().title != "Abrir más datos"


# --- A missing or foreign version ----------------------------------------------------------------------


@pytest.mark.parametrize("version", [None, "", "x", "1:", "1:abc:", "99999999999999999999:a:", "-1:a:"])
@pytest.mark.parametrize("headers", [{}, AS_A_SCRIPT])
def test_a_form_without_its_version_is_refused(room, page, version, headers):
    client = signed_in(room.editor)
    form = opened(client, page) | {"title": "Sin versión", "opened_version": version}
    form = {name: value for name, value in form.items() if value is not None}

    response = client.post(address(page), form, headers=headers)

    assert response.status_code == 409
    assert latest(page).title == "Datos abiertos"


def test_the_content_hash_counts_besides_the_revision_number(room, page):
    """Autosave overwrites a revision without changing its number."""
    client = signed_in(room.editor)
    form = opened(client, page) | {"title": "Segunda"}
    revision = fresh(page).latest_revision or latest(page).save_revision(user=room.editor)
    form = opened(client, page) | {"title": "Segunda"}
    mine = latest(page)
    mine.title = "Primera, escrita encima"
    mine.save_revision(user=room.editor, overwrite_revision=revision)

    assert client.post(address(page), form).status_code == 409
    assert latest(page).title == "Primera, escrita encima"


# --- Autosave ------------------------------------------------------------------------------------------


def autosave(client, page, form):
    return client.post(address(page), form, headers=AS_A_SCRIPT)


def test_autosave_overwrites_its_own_revision(room, page):
    client = signed_in(room.editor)
    form = opened(client, page)

    first = autosave(client, page, form | {"title": "Uno"}).json()
    second = autosave(
        client, page, form | {"title": "Dos", "overwrite_revision_id": first["revision_id"]}
    ).json()

    assert second["success"]
    assert second["revision_id"] == first["revision_id"]
    assert latest(page).title == "Dos"


def test_a_form_can_be_submitted_after_autosave(room, page):
    client = signed_in(room.editor)
    form = opened(client, page) | {"title": "Uno"}
    answer = autosave(client, page, form).json()
    renewed = querydict_from_html(f"<form>{answer['html']}</form>").dict()

    response = client.post(address(page), form | renewed | {"action-submit": "1"})

    assert response.status_code == 302
    assert fresh(page).current_workflow_state is not None


def test_autosave_of_an_old_version_gets_json(room, page):
    first, second = signed_in(room.editor), signed_in(room.both)
    second_form = opened(second, page) | {"title": "Suyo"}
    autosave(first, page, opened(first, page) | {"title": "Primera"})

    response = autosave(second, page, second_form)

    assert response.status_code == 409
    assert response.json()["error_code"] == "invalid_revision"
    assert latest(page).title == "Primera"


def test_autosave_does_not_overwrite_another_users_revision(room, page):
    first, second = signed_in(room.editor), signed_in(room.both)
    second_form = opened(second, page) | {"title": "Suyo"}
    number = autosave(first, page, opened(first, page) | {"title": "Primera"}).json()["revision_id"]

    assert autosave(second, page, second_form | {"overwrite_revision_id": number}).status_code == 409
    assert latest(page).title == "Primera"


def test_autosave_does_not_overwrite_a_submitted_revision(room, page):
    client = signed_in(room.both)
    answer = autosave(client, page, opened(client, page) | {"title": "Enviada"}).json()
    submit(latest(page), room.editor)
    handed_in = fresh(page).current_workflow_task_state.revision

    form = opened(client, page) | {"title": "Cambiada", "overwrite_revision_id": handed_in.pk}
    autosave(client, page, form)

    handed_in.refresh_from_db()
    assert handed_in.content["title"] == "Enviada"
    assert answer["revision_id"] != fresh(page).latest_revision_id


# --- The public version --------------------------------------------------------------------------------


def test_an_old_form_cannot_submit_an_unpublished_page(room, page):
    approved_revision(page, room.editor, room.reviewer)
    client = signed_in(room.editor)
    form = opened(client, page) | {"title": "Otra vez"}
    fresh(page).unpublish(user=room.administrator)

    for action in ("action-submit", "action-publish"):
        assert client.post(address(page), form | {action: "1"}).status_code == 409
    assert fresh(page).current_workflow_state is None
    assert not fresh(page).live


# --- Editing a submitted page --------------------------------------------------------------------------


def test_editing_a_submitted_page_makes_it_a_draft(room, page):
    state = submit(page, room.editor)
    client = signed_in(room.both)

    response = client.post(address(page), opened(client, page) | {"title": "Retocada"})

    assert response.status_code == 302
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_CANCELLED
    assert fresh(page).current_workflow_state is None


def test_saving_unchanged_content_keeps_the_review(room, page):
    state = submit(page, room.editor)

    latest(page).save_revision(user=room.both)

    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS


# --- Rows of the registry: without a version yet, the form carries the content -------------------------


def test_registry_rows_conflict_and_combine(room):
    row = factories.InstitutionFactory(name="Instituto", acronym="I")
    edit = reverse(Institution.snippet_viewset.get_url_name("edit"), args=[row.pk])
    client = signed_in(room.superuser)
    second_form = sent(client.get(edit), "w-editor-form")
    client.post(edit, sent(client.get(edit), "w-editor-form") | {"acronym": "IDP"})

    response = client.post(edit, second_form | {"name": "Instituto de Prueba"})
    done = client.post(edit, conflict_fields(response) | {"collision": "combine"})

    assert (response.status_code, done.status_code) == (409, 302)
    row.refresh_from_db()
    draft = row.get_latest_revision_as_object()
    assert (row.name, row.acronym) == ("Instituto", "I")
    assert (draft.name, draft.acronym) == ("Instituto de Prueba", "IDP")
