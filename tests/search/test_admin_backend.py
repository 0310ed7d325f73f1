"""The search of the admin's listings and choosers finds rows by any spelling."""

import pytest
from django.urls import reverse
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, And, Not, Phrase, PlainText
from wagtail.models import Page

from tests import factories
from tests.abierto.tenancy import worlds

pytestmark = pytest.mark.django_db

TITLE = "Acción «verde» en Ñandú (50 %)"


@pytest.fixture
def page():
    return factories.StandardPageFactory(title=TITLE)


def found(query) -> list[Page]:
    return list(get_search_backend().search(query, Page.objects.all()))


@pytest.mark.parametrize(
    "text",
    [
        "Acción",
        "acción",
        "ACCIÓN",
        "accion",
        "verde accion",
        "nandu",
        "ñandú",
        "erd",
        "(50",
        '"acción"',
        "50 %",
    ],
)
def test_a_page_is_found_by_words_of_its_title(page, text):
    assert [result.pk for result in found(text)] == [page.pk]
    assert [result.pk for result in get_search_backend().autocomplete(text, Page.objects.all())] == [page.pk]


@pytest.mark.parametrize("text", ["acción roja", ".*", "[a-z]", "a|b", "\\w", "%", "_"])
def test_pattern_characters_are_escaped(page, text):
    factories.StandardPageFactory(title="Otra")

    assert [result.pk for result in found(text)] == ([page.pk] if text == "%" else [])


def test_queries_that_wagtail_builds(page):
    assert [result.pk for result in found(Phrase("«verde» en"))] == [page.pk]
    assert found(Phrase("en verde")) == []
    assert [result.pk for result in found(And([PlainText("accion"), Not(PlainText("roja"))]))] == [page.pk]
    assert page.pk in [result.pk for result in found(MATCH_ALL)]
    assert found(PlainText("\x00")) == []


def test_a_saved_page_is_found_by_its_new_title(page):
    Page.objects.filter(pk=page.pk).update(title="Agua limpia")

    assert found("verde") == []
    assert [result.pk for result in found("agua")] == [page.pk]


@pytest.mark.parametrize("name", ["wagtailadmin_pages:search", "wagtailadmin_choose_page_search"])
def test_listings_and_choosers_find_pages(client, name):
    world = worlds.build()
    client.force_login(world.state_editor)

    response = client.get(reverse(name), {"q": "compromiso del SUR"})

    assert "Compromiso del sur" in response.content.decode()
    assert "Compromiso del norte" not in response.content.decode()
