"""The problems of a refused submission are shown on its form, with all its input."""

import random

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import streamfield

from abierto.approval.conflicts.versions import OPENED, load_current_version
from abierto.registry.models import Institution
from tests import factories
from tests.abierto.approval.newsroom import fresh
from tests.abierto.privacy.identities import curp
from tests.security.newsdesk import Desk, staged_newsroom

CURP = curp(random.Random(11))
SENTENCE = f"Quita el dato personal que empieza con «{CURP[:4]}» (CURP): no se puede publicar."
SUBMIT = {"action-submit": "1"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    place = staged_newsroom()
    return place.desk(place.room.editor)


def test_text_that_cannot_be_published_comes_back_with_its_error(desk):
    summary = f"Becaria {CURP}"
    words = streamfield([("quote", {"text": f"Firmó {CURP}", "author": "Ana", "source": ""})])

    answer = desk.edit(desk.draft, summary=summary, body=words, **SUBMIT)

    form = answer.context["form"]
    assert answer.status_code == 200
    assert form["summary"].value() == summary
    assert form.errors["summary"] == [SENTENCE]
    assert form.errors["body"] == [SENTENCE]
    assert SENTENCE in answer.content.decode()
    assert fresh(desk.draft).latest_revision is None


def test_new_page_comes_back_with_its_error(desk):
    form = desk.form(None, summary=f"Becaria {CURP}", slug="", **SUBMIT)

    answer = desk.post("wagtailadmin_pages:add", "pages", "standardpage", desk.room.home.pk, **form)

    assert answer.context["form"].errors["summary"] == [SENTENCE]
    assert not Page.objects.filter(title=form["title"]).exists()


def test_row_of_the_registry_comes_back_with_its_error(desk):
    row = factories.InstitutionFactory(name="Oficina", space=desk.room.space, live=False)
    form = {"name": f"Oficina {CURP}", "acronym": "", "kind": "autonomous", "successor": ""}
    form |= {"valid_from": "", "valid_until": "", "space": row.space_id}
    opened = {OPENED: str(load_current_version(row))}

    answer = desk.post(Institution.snippet_viewset.get_url_name("edit"), row.pk, **form, **opened, **SUBMIT)

    assert answer.context["form"].errors["name"] == [SENTENCE]
    assert fresh(row).latest_revision is None


def test_screen_without_a_content_form_shows_the_reason(desk):
    desk.draft.summary = f"Becaria {CURP}"
    desk.draft.save_revision(user=desk.user)

    answer = desk.post("bundles:create", name="Enero", pages=[desk.draft.pk])

    assert SENTENCE in answer.content.decode()
    assert reverse("bundles:create") == answer.wsgi_request.path
