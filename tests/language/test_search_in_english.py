"""The search in English: translated pages in English, else Spanish results with a notice."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.factories import StandardPageFactory, home, published

from .translating import english, in_english

pytestmark = pytest.mark.slow

IN_SPANISH = "There are no results in your language. These are in Spanish."


@pytest.fixture
def page(db, settings, tmp_path):
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    english()
    return published(StandardPageFactory(title="Vigilancia del humo"))


def search(client, question: str, language: str = "en") -> str:
    rebuild(get_engine())
    with override(language):
        address = reverse("search:results")
    response = client.get(address, {"q": question})
    assert response.status_code == 200
    return response.content.decode()


def test_without_translations_spanish_pages_are_shown_with_a_notice(client, page):
    html = search(client, "humo")

    assert '<html lang="en">' in html
    assert IN_SPANISH in html
    assert re.search(r'<h3 lang="es-MX">\s*<a href="/vigilancia-del-humo/">', html)


@pytest.mark.parametrize("name", ["csv", "json", "atom"])
def test_the_files_have_the_results_of_the_page(client, page, name):
    html = search(client, "humo")
    assert f"/en/buscar/resultados.{name}?q=humo" in html

    answer = client.get(f"/en/buscar/resultados.{name}", {"q": "humo"}).content.decode()
    assert "Vigilancia del humo" in answer


def test_a_translated_page_is_found_in_english_only(client, page):
    in_english(home(), {})
    in_english(page, {"Vigilancia del humo": "Smoke watch"})
    html = search(client, "smoke")

    assert 'href="/en/vigilancia-del-humo/"' in html
    assert 'href="/vigilancia-del-humo/"' not in html
    assert IN_SPANISH not in html


def test_the_message_for_no_results_is_in_english(client, page):
    html = search(client, "zzzzzz")

    assert "We found nothing for" in html
    assert IN_SPANISH not in html


def test_the_spanish_search_shows_no_language_notice(client, page):
    html = search(client, "humo", "es-mx")

    assert "en tu idioma" not in html
    assert re.search(r'<h3>\s*<a href="/vigilancia-del-humo/">', html)


def test_the_same_query_is_linked_in_the_languages_of_the_home_page(client, page):
    assert 'class="langs"' not in search(client, "humo", "es-mx")

    in_english(published(home()), {})
    html = " ".join(search(client, "humo", "es-mx").split())
    assert '<a href="/en/buscar/?q=humo" lang="en" hreflang="en">English</a>' in html
    assert '<a href="/buscar/?q=humo" lang="es-MX" hreflang="es-MX" aria-current="true">Español</a>' in html
    assert '<link rel="alternate" hreflang="x-default" href="http://localhost/buscar/?q=humo">' in html
    english = " ".join(search(client, "humo").split())
    assert 'href="/buscar/?q=humo" lang="es-MX" hreflang="es-MX">Español' in english


def test_untranslated_pages_are_suggested_in_spanish(client, page):
    search(client, "humo")
    in_spanish = {"text": "vigilancia", "kind": "Search", "url": "/en/buscar/?q=vigilancia"}

    answer = client.get("/en/buscar/sugerencias/", {"q": "vigil"}).json()
    assert answer["language"] == "es-MX"
    assert in_spanish in answer["suggestions"]

    in_english(home(), {})
    in_english(page, {"Vigilancia del humo": "Vigilant smoke watch"})
    search(client, "smoke")
    answer = client.get("/en/buscar/sugerencias/", {"q": "vigil"}).json()
    assert answer["language"] == "en"
    assert [one["text"] for one in answer["suggestions"]] == ["vigilant"]
