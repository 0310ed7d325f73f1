"""Values computed once per public version, and never used after a change."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction

from abierto.approval.ledger.imports import imported
from pages.core import cache as public_cache
from pages.core.cache import at_version, cached_for_version
from pages.home.models import HomePage
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.factories import GlossaryTermFactory, PlanPageFactory, StandardPageFactory, home, published

pytestmark = pytest.mark.slow


class Counter:
    """A function that counts its calls."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def work(settings) -> Counter:
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    return Counter()


def test_a_value_is_computed_once_per_version(work):
    with at_version(7):
        assert [cached_for_version("menu", work), cached_for_version("menu", work)] == [1, 1]
    with at_version(8):
        assert cached_for_version("menu", work) == 2


def test_every_name_has_its_own_value(work):
    with at_version(7):
        assert [cached_for_version(("labels", "es"), work), cached_for_version(("labels", "en"), work)] == [
            1,
            2,
        ]


def test_without_a_version_nothing_is_cached(work):
    assert [cached_for_version("menu", work), cached_for_version("menu", work)] == [1, 2]


def test_a_value_is_recomputed_on_a_new_day(work, monkeypatch):
    with at_version(7):
        cached_for_version("menu", work)
        monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2199, 1, 1))
        assert cached_for_version("menu", work) == 2


def test_a_value_expires_with_the_page_cache_seconds(work, settings):
    settings.ABIERTO_PAGE_CACHE_SECONDS = -1
    with at_version(7):
        assert [cached_for_version("menu", work), cached_for_version("menu", work)] == [1, 2]


def test_the_number_of_cached_values_is_limited(work):
    with at_version(7):
        for number in range(3 * public_cache.MAX_CACHED_VALUES):
            cached_for_version(number, work)
    assert len(public_cache._memory) <= public_cache.MAX_CACHED_VALUES


class TestVisiblePages:
    """Each cached value, read before and after a change."""

    @pytest.fixture(autouse=True)
    def searching(self, transactional_db, settings, client):
        settings.ABIERTO_PAGE_CACHE_SECONDS = 60
        self.client = client
        self.plan = published(PlanPageFactory(title="Plan Primero", slug="primero"))
        self.prose = published(
            StandardPageFactory(
                title="Qué es el humo", summary="Contaminación atmosférica.", show_in_menus=True
            )
        )
        rebuild(get_engine())

    def search(self, number: int, **parameters):
        """Send a new query each time: a cached page would hide the cached value."""
        return self.client.get("/buscar/", {"q": f"humo {number}", **parameters})

    def test_a_new_glossary_term_is_used_at_once(self):
        assert not self.search(1).context["expansions"]
        GlossaryTermFactory(term="contaminación atmosférica", lay_synonyms="humo")
        assert [link.text for link in self.search(2).context["expansions"]] == ["contaminación atmosférica"]

    def test_an_unpublished_plan_is_no_filter(self):
        assert self.search(1, plan="primero").context["chips"]
        self.plan.unpublish()
        response = self.search(2, plan="primero")
        assert not response.context["chips"]
        assert "Plan Primero" not in response.content.decode()

    def test_a_restricted_plan_is_no_filter(self):
        self.search(1)
        with imported("Plan de una prueba"):
            PageViewRestriction.objects.create(page=self.plan, restriction_type="login")
        assert "Plan Primero" not in self.search(2, plan="primero").content.decode()

    def test_an_unpublished_page_leaves_the_menu(self):
        assert 'href="/que-es-el-humo/"' in self.search(1, q="nada").content.decode()
        self.prose.unpublish()
        assert 'href="/que-es-el-humo/"' not in self.search(2, q="otra").content.decode()


def test_a_draft_shares_nothing_with_the_public_page(db, settings):
    """The link of a guest opens a draft for a visitor without a session, as a public page is read."""
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    front = home()
    front.current_plan = published(PlanPageFactory(slug="publicado"))
    published(front)
    front.current_plan = published(PlanPageFactory(slug="del-borrador"))

    with at_version(7):
        shown = front.serve_preview(make_request(), "").render()
        public = HomePage.objects.get(pk=front.pk).serve(make_request())

    assert "del-borrador/#" in shown.content.decode()
    assert "del-borrador/#" not in public.content.decode()


def make_request() -> HttpRequest:
    request = RequestFactory().get("/", SERVER_NAME="localhost")
    request.user = AnonymousUser()
    return request
