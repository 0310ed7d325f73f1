"""The glossary: its page, its links in texts, and the definition of a searched word."""

import json

import pytest

from pages.glossary.linking import link_terms
from pages.glossary.queries import DefinedTerm
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.factories import GlossaryTermFactory, StandardPageFactory, home, published

TERMS = (
    DefinedTerm("despido", "Cuando el patrón termina la relación de trabajo."),
    DefinedTerm("eje", "Tema."),
)


def link(html: str) -> str:
    return link_terms(html, TERMS)


def test_a_term_is_linked_where_it_is_used_first():
    assert link("<p>El Despido y otro despido.</p>") == (
        '<p>El <a class="term" href="/glosario/#t-despido">Despido</a> y otro despido.</p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x/">un despido</a></p>',
        "<h2>El despido</h2>",
        "<p>despidos, ejercicio</p>",
        '<img alt="despido">',
        "<p>nada</p>",
    ],
)
def test_nothing_else_is_linked(html):
    assert link(html) == html


def test_a_use_after_a_heading_is_linked():
    assert link("<h2>Despido</h2><p>despido</p>").count('class="term"') == 1


@pytest.fixture
def terms(db):
    GlossaryTermFactory(term="acción", definition="Un paso.", lay_synonyms="paso por hacer")
    GlossaryTermFactory(term="Árbol", definition="Planta.", lay_synonyms="")
    GlossaryTermFactory(term="sin definición", definition="", lay_synonyms="nada")
    GlossaryTermFactory(term="en borrador", definition="Oculta.", live=False)


def test_the_page_lists_the_public_terms_from_a_to_z(client, terms):
    html = client.get("/glosario/").content.decode()

    assert '<dt id="t-accion"><dfn>acción</dfn></dt>' in html
    assert html.count('<h2 id="A">A</h2>') == 1
    assert html.index("acción") < html.index("Árbol")
    assert "Oculta." not in html
    assert "sin definición" not in html


def test_the_text_of_a_page_links_the_terms(client, terms):
    body = json.dumps([{"type": "paragraph", "value": "<p>Cada acción cuenta.</p>"}])
    page = published(StandardPageFactory(parent=home(), body=body))

    assert '<a class="term" href="/glosario/#t-accion">acción</a>' in client.get(page.url).content.decode()


@pytest.mark.parametrize("words", ["accion", "la acción", "paso por hacer"])
def test_a_searched_word_is_answered_with_its_definition_first(client, terms, settings, tmp_path, words):
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    rebuild(get_engine())

    html = client.get("/buscar/", {"q": words}).content.decode()

    assert "Un paso." in html
    assert 'href="/glosario/#t-accion"' in html
    assert "Un paso." not in client.get("/buscar/", {"q": f"{words} de ladrilleras"}).content.decode()
