"""What was typed into something that went meanwhile comes back, to be copied."""

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


def comes_back(answer, status: int) -> bool:
    content = answer.content.decode()
    return answer.status_code == status and TYPED in content and "para que lo copies" in content


def test_of_a_page_that_was_deleted(desk):
    number, form = desk.draft.pk, desk.form(desk.draft, summary=TYPED)
    desk.draft.delete()

    assert comes_back(desk.post("wagtailadmin_pages:edit", number, **form), 404)


def test_of_a_page_whose_parent_was_deleted(desk):
    form = desk.form(summary=TYPED)
    parent = factories.StandardPageFactory(title="Arriba")
    number = parent.pk
    parent.delete()

    assert comes_back(desk.post("wagtailadmin_pages:add", "pages", "standardpage", number, **form), 404)


def test_of_a_row_that_was_deleted(desk):
    row = factories.InstitutionFactory(live=False)
    number = row.pk
    row.delete()

    assert comes_back(desk.post("wagtailsnippets_registry_institution:edit", number, name=TYPED), 404)


def test_of_a_review_that_went_with_its_page(desk):
    state = submit(desk.draft, desk.room.editor)
    desk.draft.delete()
    client = Client()
    client.force_login(desk.room.reviewer)

    answer = client.post(reverse("approval:review", args=[state.pk]), {"action": "reject", "comment": TYPED})

    assert comes_back(answer, 404)


def test_of_a_page_that_is_no_longer_hers(desk):
    form = desk.form(desk.draft, summary=TYPED)
    desk.user.groups.set([town_hall().editors])

    assert comes_back(desk.post("wagtailadmin_pages:edit", desk.draft.pk, **form), 404)
    assert desk.draft.latest_revision_id == type(desk.draft).objects.get(pk=desk.draft.pk).latest_revision_id


def test_rich_text_comes_back_as_paragraphs(desk):
    number, form = desk.draft.pk, desk.form(desk.draft)
    form["narrative"] = json.dumps({"blocks": [{"text": TYPED, "type": "unstyled"}], "entityMap": {}})
    desk.draft.delete()

    answer = desk.post("wagtailadmin_pages:edit", number, **form)

    assert comes_back(answer, 404)
    assert "entityMap" not in answer.content.decode()


def test_a_click_with_nothing_typed_is_only_not_found(desk):
    answer = desk.post("wagtailadmin_pages:edit", 999_999, title="Corto")

    assert answer.status_code == 404
    assert "para que lo copies" not in answer.content.decode()


def test_half_a_form_changes_nothing_and_comes_back(desk):
    form = desk.form(desk.draft, summary=TYPED)
    del form["body-count"]

    assert comes_back(desk.post("wagtailadmin_pages:edit", desk.draft.pk, **form), 400)
    assert type(desk.draft).objects.get(pk=desk.draft.pk).summary != TYPED
