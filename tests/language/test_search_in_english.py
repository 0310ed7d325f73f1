"""The search in English: what is translated comes in English; until then Spanish answers, and says so."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.factories import StandardPageFactory, home, published

from .translating import english, in_english

IN_SPANISH = "There are no results in your language. These are in Spanish."


@pytest.fixture
def page(db, settings, tmp_path):
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    english()
    return published(StandardPageFactory(title="Vigilancia del humo"))


def results_of(client, question: str, language: str = "en") -> str:
    rebuild(get_engine())
    with override(language):
        address = reverse("search:results")
    response = client.get(address, {"q": question})
    assert response.status_code == 200
    return response.content.decode()


def test_spanish_pages_answer_where_nothing_is_translated_and_say_so(client, page):
    html = results_of(client, "humo")

    assert '<html lang="en">' in html
    assert IN_SPANISH in html
    assert re.search(r'<h3 lang="es-MX">\s*<a href="/vigilancia-del-humo/">', html)


@pytest.mark.parametrize("name", ["csv", "json", "atom"])
def test_the_files_have_what_the_page_has(client, page, name):
    html = results_of(client, "humo")
    assert f"/en/buscar/resultados.{name}?q=humo" in html

    answer = client.get(f"/en/buscar/resultados.{name}", {"q": "humo"}).content.decode()
    assert "Vigilancia del humo" in answer


def test_a_translated_page_answers_in_english_alone(client, page):
    in_english(home(), {})
    in_english(page, {"Vigilancia del humo": "Smoke watch"})
    html = results_of(client, "smoke")

    assert 'href="/en/vigilancia-del-humo/"' in html
    assert 'href="/vigilancia-del-humo/"' not in html
    assert IN_SPANISH not in html


def test_nothing_found_in_any_language_is_said_in_english(client, page):
    html = results_of(client, "zzzzzz")

    assert "We found nothing for" in html
    assert IN_SPANISH not in html


def test_in_spanish_nobody_speaks_of_languages(client, page):
    html = results_of(client, "humo", "es-mx")

    assert "en tu idioma" not in html
    assert re.search(r'<h3>\s*<a href="/vigilancia-del-humo/">', html)


def test_the_same_question_is_offered_in_the_languages_of_the_front_page(client, page):
    assert 'class="langs"' not in results_of(client, "humo", "es-mx")

    in_english(published(home()), {})
    html = " ".join(results_of(client, "humo", "es-mx").split())
    assert '<a href="/en/buscar/?q=humo" lang="en" hreflang="en">English</a>' in html
    assert '<a href="/buscar/?q=humo" lang="es-MX" hreflang="es-MX" aria-current="true">Español</a>' in html
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/buscar/?q=humo">' in html
    english = " ".join(results_of(client, "humo").split())
    assert 'href="/buscar/?q=humo" lang="es-MX" hreflang="es-MX">Español' in english


def test_what_is_not_translated_is_suggested_in_spanish(client, page):
    results_of(client, "humo")
    in_spanish = {"text": "vigilancia", "kind": "Search", "url": "/en/buscar/?q=vigilancia"}

    answer = client.get("/en/buscar/sugerencias/", {"q": "vigil"}).json()
    assert answer["language"] == "es-MX"
    assert in_spanish in answer["suggestions"]

    in_english(home(), {})
    in_english(page, {"Vigilancia del humo": "Vigilant smoke watch"})
    results_of(client, "smoke")
    answer = client.get("/en/buscar/sugerencias/", {"q": "vigil"}).json()
    assert answer["language"] == "en"
    assert [one["text"] for one in answer["suggestions"]] == ["vigilant"]
