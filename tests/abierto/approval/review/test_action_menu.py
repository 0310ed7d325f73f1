"""Actions under the edit form: sending is a button, cancelling asks first."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import WorkflowState

from tests.abierto.approval.newsroom import draft_update, newsroom, person, submit
from tests.factories import InstitutionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room():
    return newsroom()


def edit_address(subject) -> str:
    if hasattr(type(subject), "snippet_viewset"):
        return reverse(subject.snippet_viewset.get_url_name("edit"), args=[subject.pk])
    return reverse("wagtailadmin_pages:edit", args=[subject.pk])


def footer(client, subject) -> BeautifulSoup:
    html = client.get(edit_address(subject)).content.decode()
    return BeautifulSoup(html, "html.parser").select_one("footer")


def labels(buttons) -> list[str]:
    return [" ".join(button.get_text().split()) for button in buttons]


@pytest.fixture(params=["page", "row"])
def draft(request, room):
    subject = draft_update(room) if request.param == "page" else InstitutionFactory(live=False)
    subject.save_revision(user=room.editor)
    return subject


def test_sending_is_a_button_beside_saving(client, room, draft):
    client.force_login(room.editor)

    found = footer(client, draft)

    buttons = found.select("button[type=submit]")
    assert labels(buttons)[:2] == ["Guardar borrador", "Enviar a revisión"]
    assert buttons[1]["name"] == "action-submit"
    assert not any(parent.get("data-w-dropdown-target") for parent in buttons[1].parents)


def test_new_page_can_be_sent_at_once(client, room):
    client.force_login(room.editor)
    address = reverse("wagtailadmin_pages:add", args=["pages", "progressupdatepage", room.commitment.pk])

    html = BeautifulSoup(client.get(address).content.decode(), "html.parser").select_one("footer")

    assert "Enviar a revisión" in labels(html.select("button[type=submit]"))


def test_returned_draft_is_sent_again(client, room, draft):
    state = submit(draft, room.editor)
    state.reject(user=room.reviewer, comment="Falta la prueba.")
    client.force_login(room.editor)

    found = footer(client, draft)

    assert labels(found.select("button[type=submit]")) == ["Guardar borrador", "Enviar otra vez a revisión"]


def test_cancelling_a_review_asks_first(client, room, draft):
    state = submit(draft, room.editor)
    client.force_login(room.editor)
    address = reverse("approval:cancel", args=[state.pk])

    found = footer(client, draft)
    assert not found.select("[name=action-cancel-workflow]")
    assert labels(found.select(f'a[href="{address}"]')) == ["Cancelar la revisión…"]
    assert labels(found.select("button, a"))[0] != "Cancelar la revisión…"

    assert "Sí, cancelar la revisión" in client.get(address).content.decode()
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    answer = client.post(address)

    assert answer["Location"] == edit_address(draft)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED


def test_reviewer_sees_the_review_first(client, room, draft):
    state = submit(draft, room.editor)
    client.force_login(room.both)

    (first, *_others) = footer(client, draft).select("button, a")

    assert first.get("href") == reverse("approval:review", args=[state.pk])


def test_only_users_who_may_cancel_see_the_question(client, room, draft):
    state = submit(draft, room.editor)
    client.force_login(person("otra", room.space.editors))
    address = reverse("approval:cancel", args=[state.pk])

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_a_review_that_ended_is_not_cancelled(client, room, draft):
    state = submit(draft, room.editor)
    state.workflow_state.cancel(user=room.editor)
    client.force_login(room.editor)

    answer = client.post(reverse("approval:cancel", args=[state.pk]), follow=True)

    assert "ya no está abierta" in answer.content.decode()
