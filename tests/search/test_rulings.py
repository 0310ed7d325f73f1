"""Rulings in the search: their passages, filter values, and what is forgotten with a part."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from abierto.media.models import PortalDocument
from search.query.request import SearchRequest
from search.query.service import run_search
from tests.abierto.privacy import files
from tests.factories import (
    InstitutionFactory,
    published,
    republished,
)
from tests.ruling_factories import (
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingIndexPageFactory,
    RulingPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def search(text="", **values):
    return run_search(SearchRequest(text=text, locale="es-mx", **values))[0]


def found(text="", **values):
    return [hit.group for hit in search(text, **values).hits]


@pytest.fixture
def ruling(engine, committed):
    """Return a public ruling with its public and plain versions, indexed."""
    tribunal = InstitutionFactory(name="Tribunal de Pruebas", acronym="TP")
    with committed():
        page = RulingPageFactory(
            parent=RulingIndexPageFactory(tribunal=tribunal),
            title="Una multa sin aviso",
            case_number="TP-012/2023",
            finality="revoked",
            finality_date="2023-06-01",
            finality_reason="Otra decisión.",
            has_gender_perspective=True,
            topics="tránsito",
            provisions="Artículo 14 de la Constitución",
        )
        page = published(page)
        published(PlainVersionPageFactory(parent=page, why="<p>Nadie le dio un citatorio.</p>"))
        published(PublicVersionPageFactory(parent=page, texts=("Vistos.", "La quejosa fue emplazada.")))
    return page


def test_result_links_to_the_section_that_matched(ruling):
    hit = search("citatorio").hits[0]

    assert (hit.group, hit.url.partition("#")[2]) == (ruling.pk, "por-que")


def test_result_says_once_what_summary_and_decision_share(ruling, committed):
    ruling.summary = f"{ruling.decision} La tarifa sigue."
    with committed():
        published(ruling)
    (hit,) = search("anuló").hits
    assert hit.snippet == "El tribunal <mark>anuló</mark> la multa. La tarifa sigue."


def test_result_of_the_full_text_names_its_page(ruling):
    hit = search("quejosa emplazada").hits[0]

    assert hit.url.endswith("#pagina-2")


@pytest.fixture
def filed(ruling, committed):
    """Return the ruling with a PDF of three pages for its public version."""
    with committed():
        part = ruling.get_children().get(slug="version-publica").specific
        document = PortalDocument(title="Sentencia", collection=Collection.objects.get(depth=1))
        texts = ("Vistos", "Considerando", "Se condena al arrendador moroso")
        document.file.save(
            "sentencia.pdf",
            ContentFile(files.make_pdf(*(files.PLAIN.format(text=text) for text in texts))),
        )
        part.document, part.pages = document, []
        published(part)
    return ruling


def test_result_of_a_file_names_its_page_and_links_to_it(client, filed):
    assert search("arrendador moroso").hits[0].url.endswith("#pagina-3")
    assert "Página 3 del texto completo" in client.get("/buscar/?q=arrendador+moroso").content.decode()


def test_words_of_a_file_are_forgotten_when_its_collection_is_closed(filed, committed):
    with committed():
        CollectionViewRestriction.objects.create(
            collection=Collection.objects.get(depth=1), restriction_type=CollectionViewRestriction.LOGIN
        )

    assert found("arrendador") == []
    assert found("multa") == [filed.pk]


@pytest.mark.parametrize("text", ["TP-12/2023", "12/2023", "artículo 14", "tránsito", "tribunal de pruebas"])
def test_ruling_is_found_by_its_case_its_articles_and_its_topics(ruling, text):
    assert ruling.pk in found(text)


@pytest.mark.parametrize(
    "filters",
    [
        {"matter": ("administrativa",)},
        {"tribunal": ("Tribunal de Pruebas",)},
        {"finality": ("revoked",)},
        {"ruling_outcome": ("granted",)},
        {"gender": ("yes",)},
        {"versions": ("plain",)},
        {"year": ("2023",)},
    ],
)
def test_ruling_fills_the_facets(ruling, filters):
    assert found("multa", filters=filters) == [ruling.pk]


def test_search_page_shows_the_state_of_a_ruling(client, ruling):
    assert "<strong>Revocada.</strong>" in client.get("/buscar/?q=multa&firmeza=revocada").content.decode()


def test_card_of_a_ruling_reads_it_once(client, ruling):
    with CaptureQueriesContext(connection) as queries:
        client.get("/buscar/?q=multa")
    assert sum("pages_rulingpage" in query["sql"] for query in queries) == 1


def test_words_of_a_withdrawn_part_are_forgotten(ruling, committed):
    with committed():
        ruling.get_children().get(slug="lenguaje-claro").specific.unpublish()

    assert found("citatorio") == []
    assert found("multa") == [ruling.pk]


def test_words_of_a_restricted_part_are_forgotten(ruling, committed):
    with committed():
        part = ruling.get_children().get(slug="lenguaje-claro")
        PageViewRestriction.objects.create(page=part, restriction_type="login")

    assert found("citatorio") == []


def test_withdrawn_ruling_is_forgotten_with_its_parts(ruling, committed):
    with committed():
        ruling.unpublish()

    assert found("citatorio") == []
    assert found("multa") == []


def test_new_name_of_the_tribunal_reaches_its_rulings(ruling, committed):
    with committed():
        republished(ruling.deciding_tribunal, name="Tribunal Renombrado")

    assert found("multa", filters={"tribunal": ("Tribunal Renombrado",)}) == [ruling.pk]
