"""Page types in each configured language: translated, and in Spanish where there is no translation.

``tests/abierto/demo/test_english.py`` reads the types of the demo; here are those that it lacks.
"""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from abierto.approval.ledger.imports import imported
from pages.core.cache import clear_cached_values
from tests.factories import PlanPageFactory, home, published
from tests.pages.matrix_pages import matrix_page, tree_page
from tests.pages.observation_pages import answer_page, observation_index, observation_page
from tests.pages.participation_pages import practice_page

from .configuring import configured

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def plan_page(size: int) -> Page:
    return published(PlanPageFactory())


NOT_IN_THE_DEMO = (matrix_page, tree_page, observation_index, observation_page, answer_page, practice_page)


@pytest.mark.parametrize("make", [plan_page, *NOT_IN_THE_DEMO], ids=lambda make: make.__name__)
def test_a_page_is_read_in_each_language_with_the_queries_of_its_source(client, make: Callable, tmp_path):
    """Arabic has no translation of the page: one query looks for it."""
    cache.clear()
    clear_cached_values()
    with configured("es,en,ar", tmp_path):
        page = make(1)
        published(home())
        translate_branch(page)
        _html, cost = read_twice(client, page.url)
        html, queries = read_twice(client, f"/en{page.url}")
        assert '<html lang="en">' in html
        assert queries <= cost
        html, queries = read_twice(client, f"/ar{page.url}")
        assert '<html lang="es-MX" dir="ltr">' in html
        assert "Esta página solo está en español." in html
        assert queries <= cost + 1


def translate_branch(page: Page) -> None:
    """Publish ``page`` and the pages above it in English, with the texts of the source."""
    english, _made = Locale.objects.get_or_create(language_code="en")
    branch = Page.objects.ancestor_of(page, inclusive=True).filter(depth__gt=1)
    for each in branch.order_by("path").specific():
        if not each.has_translation(english):
            with imported("Traducción de una prueba"):
                each.copy_for_translation(english).get_latest_revision().publish()


def read_twice(client: Client, url: str) -> tuple[str, int]:
    """Return the HTML and the queries of the second visit of a public page."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return response.content.decode(), len(queries)
