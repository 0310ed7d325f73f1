"""«Qué textos cuestan más»: the public texts of a space, the hardest first, for the state team."""

from __future__ import annotations

import pytest
from django.urls import reverse

from abierto.approval.models.task import create_review_workflow
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.plain_language.queries import rank_texts
from tests.abierto.approval.newsroom import newsroom, person
from tests.factories import StandardPageFactory, published

pytestmark = pytest.mark.django_db

REPORT = reverse("plain_language:report")
HARD = "La implementación institucional correspondiente fue oportunamente notificada. " * 8
EASY = "El pan es de todos. " * 12


@pytest.fixture
def room():
    return newsroom()


def create_town():
    workflow = create_review_workflow("León", get_or_create_groups("León").reviewers)
    return create_space(SpaceKind.MUNICIPALITY, "León", "leon", workflow)


def publish_text(room, title, text):
    body = [{"type": "paragraph", "value": f"<p>{text}</p>"}]
    return published(StandardPageFactory(parent=room.home, title=title, body=body))


def test_hardest_text_is_first_and_only_public_pages_count(client, room):
    publish_text(room, "Fácil", EASY)
    publish_text(room, "Difícil", HARD)
    StandardPageFactory(parent=room.home, title="Borrador", summary="Difícil", live=False)

    titles = [row.page.title for row in rank_texts(room.space).rows]

    assert titles.index("Difícil") < titles.index("Fácil")
    assert "Borrador" not in titles


def test_the_screen_shows_score_warnings_and_advice(client, room):
    page = publish_text(room, "Difícil", HARD)
    client.force_login(room.administrator)

    assert "Los textos que más cuesta leer" not in client.get(REPORT).content.decode()
    html = client.get(REPORT, {"space": room.space.pk}).content.decode()

    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert "muy difícil" in html


def test_pages_of_a_space_below_are_its_own(room):
    page = publish_text(room, "Del municipio", HARD)
    town = create_town()
    assign_root(town, page)

    assert [row.page.pk for row in rank_texts(town).rows] == [page.pk]
    assert page.pk not in [row.page.pk for row in rank_texts(room.space).rows]


def test_only_the_state_team_reads_it(client, room):
    client.force_login(person("leonesa", create_town().editors))

    assert client.get(REPORT).status_code == 404


def test_unknown_space_is_an_error_of_the_form(client, room):
    client.force_login(room.administrator)

    response = client.get(REPORT, {"space": "9999"})

    assert response.status_code == 200
    assert "Los textos que más cuesta leer" not in response.content.decode()


def test_short_texts_are_not_measured_and_the_screen_says_so(client, room):
    publish_text(room, "Corta", "La implementación institucional correspondiente.")
    client.force_login(room.administrator)

    html = client.get(REPORT, {"space": room.space.pk}).content.decode()

    assert "Corta" not in [row.page.title for row in rank_texts(room.space).rows]
    assert "menos de 50 palabras" in html
