"""What is worked out once per public version, and never shown once it changed."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from abierto.approval.ledger.imports import imported
from pages.core import cache as public_cache
from pages.core.cache import at_version, cached_for_version
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.factories import GlossaryTermFactory, PlanPageFactory, StandardPageFactory, published


class Counter:
    """Work that knows how often it was done."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def work(settings) -> Counter:
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    return Counter()


def test_it_is_worked_out_once_per_version(work):
    with at_version(7):
        assert [cached_for_version("menu", work), cached_for_version("menu", work)] == [1, 1]
    with at_version(8):
        assert cached_for_version("menu", work) == 2


def test_every_name_has_its_own(work):
    with at_version(7):
        assert [cached_for_version(("labels", "es"), work), cached_for_version(("labels", "en"), work)] == [
            1,
            2,
        ]


def test_without_a_version_nothing_is_remembered(work):
    assert [cached_for_version("menu", work), cached_for_version("menu", work)] == [1, 2]


def test_a_new_day_is_worked_out_anew(work, monkeypatch):
    with at_version(7):
        cached_for_version("menu", work)
        monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2199, 1, 1))
        assert cached_for_version("menu", work) == 2


def test_it_is_too_old_after_the_seconds_of_a_kept_page(work, settings):
    settings.ABIERTO_PAGE_CACHE_SECONDS = -1
    with at_version(7):
        assert [cached_for_version("menu", work), cached_for_version("menu", work)] == [1, 2]


def test_names_without_end_take_no_memory_without_end(work):
    with at_version(7):
        for number in range(3 * public_cache.MAX_CACHED_VALUES):
            cached_for_version(number, work)
    assert len(public_cache._memory) <= public_cache.MAX_CACHED_VALUES


class TestWhatAVisitorSees:
    """Each thing that is remembered, asked for before and after it changed."""

    @pytest.fixture(autouse=True)
    def searching(self, transactional_db, settings, client):
        settings.ABIERTO_PAGE_CACHE_SECONDS = 60
        self.client = client
        self.plan = published(PlanPageFactory(title="Plan Primero", slug="primero"))
        self.prose = published(StandardPageFactory(title="Qué es el humo", show_in_menus=True))
        rebuild(get_engine())

    def asked(self, number: int, **parameters):
        """Another question each time: a kept page would hide what is tested here."""
        return self.client.get("/buscar/", {"q": f"humo {number}", **parameters})

    def test_a_term_added_to_the_glossary(self):
        assert not self.asked(1).context["expansions"]
        GlossaryTermFactory(term="contaminación atmosférica", lay_synonyms="humo")
        assert [link.text for link in self.asked(2).context["expansions"]] == ["contaminación atmosférica"]

    def test_a_plan_taken_down_is_no_filter_any_more(self):
        assert self.asked(1, plan="primero").context["chips"]
        self.plan.unpublish()
        response = self.asked(2, plan="primero")
        assert not response.context["chips"]
        assert "Plan Primero" not in response.content.decode()

    def test_a_plan_made_private_is_no_filter_any_more(self):
        self.asked(1)
        with imported("Plan de una prueba"):
            PageViewRestriction.objects.create(page=self.plan, restriction_type="login")
        assert "Plan Primero" not in self.asked(2, plan="primero").content.decode()

    def test_the_menu_loses_what_is_taken_down(self):
        assert 'href="/que-es-el-humo/"' in self.asked(1, q="nada").content.decode()
        self.prose.unpublish()
        assert 'href="/que-es-el-humo/"' not in self.asked(2, q="otra").content.decode()
