"""Text submitted to an object that was deleted meanwhile is returned for copying."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.abierto.approval.newsroom import submit
from tests.security.newsdesk import editors_desk, town_hall

pytestmark = pytest.mark.django_db

TYPED = "Tres párrafos que nadie quiere escribir otra vez"


@pytest.fixture
def desk():
    return editors_desk()


def assert_text_returned(answer, status: int) -> bool:
    content = answer.content.decode()
    return answer.status_code == status and TYPED in content and "para que lo copies" in content


def test_text_for_a_deleted_page_is_returned(desk):
    number, form = desk.draft.pk, desk.form(desk.draft, summary=TYPED)
    desk.draft.delete()

    assert assert_text_returned(desk.post("wagtailadmin_pages:edit", number, **form), 404)


def test_text_for_a_page_with_a_deleted_parent_is_returned(desk):
    form = desk.form(summary=TYPED)
    parent = factories.StandardPageFactory(title="Arriba")
    number = parent.pk
    parent.delete()

    assert assert_text_returned(
        desk.post("wagtailadmin_pages:add", "pages", "standardpage", number, **form), 404
    )


def test_text_for_a_deleted_row_is_returned(desk):
    row = factories.InstitutionFactory(live=False)
    number = row.pk
    row.delete()

    assert assert_text_returned(
        desk.post("wagtailsnippets_registry_institution:edit", number, name=TYPED), 404
    )


def test_text_for_a_review_of_a_deleted_page_is_returned(desk):
    state = submit(desk.draft, desk.room.editor)
    desk.draft.delete()
    client = Client()
    client.force_login(desk.room.reviewer)

    answer = client.post(reverse("approval:review", args=[state.pk]), {"action": "reject", "comment": TYPED})

    assert assert_text_returned(answer, 404)


def test_text_for_a_page_without_permission_is_returned(desk):
    form = desk.form(desk.draft, summary=TYPED)
    desk.user.groups.set([town_hall().editors])

    assert assert_text_returned(desk.post("wagtailadmin_pages:edit", desk.draft.pk, **form), 404)
    assert desk.draft.latest_revision_id == type(desk.draft).objects.get(pk=desk.draft.pk).latest_revision_id


def test_rich_text_is_returned_as_paragraphs(desk):
    number, form = desk.draft.pk, desk.form(desk.draft)
    form["narrative"] = json.dumps({"blocks": [{"text": TYPED, "type": "unstyled"}], "entityMap": {}})
    desk.draft.delete()

    answer = desk.post("wagtailadmin_pages:edit", number, **form)

    assert assert_text_returned(answer, 404)
    assert "entityMap" not in answer.content.decode()


def test_a_post_without_text_is_a_404(desk):
    answer = desk.post("wagtailadmin_pages:edit", 999_999, title="Corto")

    assert answer.status_code == 404
    assert "para que lo copies" not in answer.content.decode()


def test_an_incomplete_form_changes_nothing_and_is_returned(desk):
    form = desk.form(desk.draft, summary=TYPED)
    del form["body-count"]

    assert assert_text_returned(desk.post("wagtailadmin_pages:edit", desk.draft.pk, **form), 400)
    assert type(desk.draft).objects.get(pk=desk.draft.pk).summary != TYPED
