"""A page that is no longer public leaves results, facets, suggestions and files by the next request."""

import json
import re

import pytest
from django.core.cache import caches
from django.db import transaction
from wagtail.models import Page

from abierto.approval.ledger.imports import imported
from pages.core.page_cache import CACHE
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    CommitmentPartyFactory,
    InstitutionFactory,
    PlanPageFactory,
    StandardPageFactory,
    published,
)
from tests.search.unpublishing import WAYS, take_down
from tests.shared_rows import built_once

pytestmark = pytest.mark.slow

TITLE, INSTITUTION = "Xilófonos para todos", "Instituto del Xilófono"
FACET = f'name="institucion" value="{INSTITUTION}"'
PLACES = {
    "results": "/buscar/?q=xilófonos",
    "everything": "/buscar/",
    "suggestions": "/buscar/sugerencias/?q=xilof",
    "csv": "/buscar/resultados.csv?q=xilófonos",
    "json": "/buscar/resultados.json?q=xilófonos",
    "atom": "/buscar/resultados.atom?q=xilófonos",
}


@built_once
def publish_findable():
    """Publish a commitment that appears everywhere, beside another page."""
    plan = PlanPageFactory(title="Plan 2022–2024", slug="pal-2022-2024")
    axis = AxisPageFactory(parent=plan, code="1", title="Música")
    page = CommitmentPageFactory(parent=axis, code="1.1", title=TITLE, actions=1)
    CommitmentPartyFactory(page=page, institution=InstitutionFactory(name=INSTITUTION))
    published(StandardPageFactory(title="Otra página"))
    return published(page)


# The caches ask nothing else of the database than the pages do; so PostgreSQL repeats the stricter case only.
@pytest.fixture(
    params=[
        pytest.param(0, id="not cached"),
        pytest.param(60, id="cached for a minute", marks=pytest.mark.both_databases),
    ]
)
def commitment(request, transactional_db, settings):
    """Return a public, indexed commitment that appears everywhere."""
    settings.ABIERTO_PAGE_CACHE_SECONDS = request.param
    caches[CACHE].clear()
    with transaction.atomic():
        page = publish_findable()
    rebuild(get_engine())
    return page


def read_texts(client):
    """Return the text of each place now."""
    answers = {place: client.get(url) for place, url in PLACES.items()}
    assert {place: answer.status_code for place, answer in answers.items()} == dict.fromkeys(PLACES, 200)
    texts = {place: re.sub("</?mark>", "", answer.content.decode()) for place, answer in answers.items()}
    return texts | {"suggestions": json.dumps(json.loads(texts["suggestions"]), ensure_ascii=False)}


def find_places_that_name(client, text):
    return {place for place, shown in read_texts(client).items() if text.lower() in shown.lower()}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_withdrawn_page_disappears_everywhere_by_the_next_request(client, commitment, way):
    assert find_places_that_name(client, TITLE) == set(PLACES)
    assert find_places_that_name(client, INSTITUTION) >= {"results", "everything"}
    assert FACET in read_texts(client)["everything"]

    way(Page.objects.get(pk=commitment.pk).specific)

    assert find_places_that_name(client, TITLE) == set()
    # The institution is public by itself; that it answers for a commitment is not.
    assert find_places_that_name(client, INSTITUTION) == {"everything"}
    assert FACET not in read_texts(client)["everything"]
    assert "xilófonos" not in read_texts(client)["suggestions"]


def test_a_republished_page_appears_everywhere(client, commitment):
    take_down(commitment)
    assert find_places_that_name(client, TITLE) == set()

    published(commitment)

    assert find_places_that_name(client, TITLE) == set(PLACES)


def test_a_moved_page_is_found_at_its_new_address(client, commitment):
    plan = commitment.get_parent().get_parent()
    other = published(AxisPageFactory(parent=plan, code="2", title="Otro eje"))
    before = commitment.get_url()
    assert find_places_that_name(client, before) >= {"results", "csv", "json", "atom"}
    with imported("Prueba de mudanza"):
        commitment.move(other, pos="last-child")

    assert find_places_that_name(client, before) == set()
    assert "1 resultado<" in client.get(f"{PLACES['results']}&eje=pal-2022-2024.2").content.decode()


def test_nothing_leaks_while_the_index_cannot_be_written(client, commitment, monkeypatch):
    monkeypatch.setattr("search.indexing.outbox.drain", lambda *args, **kwargs: None)
    take_down(commitment)

    leaking = find_places_that_name(client, TITLE) | find_places_that_name(client, commitment.get_url())
    assert leaking == set()
