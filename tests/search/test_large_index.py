"""What changes with the size of the index: cached counts, inexact totals, the minimum of words, reranking."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from elasticsearch.dsl import MultiSearch

from pages.core.cache import at_version, current_version
from search.engines.elasticsearch.fields import index_body, shards_for
from search.engines.elasticsearch.queries import hits_query, match_query
from search.engines.embedded import EmbeddedEngine
from search.query import counts
from search.query.glossary import Glossary
from search.query.pipeline import run
from search.query.plan import QueryPlan, Term
from search.query.request import SearchRequest
from search.query.reranking import MAX_RERANKED, configured_reranker
from search.query.results import EXACT_TOTAL, SearchResults
from search.query.service import run_search
from search.web.presentation import build_result_pager, format_total
from tests.factories import StandardPageFactory, published
from tests.search.corpus import LOCALE, documents


def count_kinds(text="puentes"):
    """Return the total and the counts by kind, as a request at the current public version sees them."""
    with at_version(current_version()):
        results, _pages = run_search(SearchRequest(text=text, locale=LOCALE))
    return results.total, dict(results.facets["kind"])


@pytest.fixture
def counted(engine, settings, monkeypatch):
    """Return the list of the plans that the engine counted."""
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    plans, search = [], engine.search

    def record(plan):
        if plan.facets:
            plans.append(plan)
        return search(plan)

    monkeypatch.setattr(engine, "search", record)
    return plans


@pytest.mark.slow
def test_counts_are_cached_until_a_publication_and_then_change(counted, committed):
    with committed():
        page = published(StandardPageFactory(title="Puentes"))
    assert count_kinds() == count_kinds() == (1, {"standard": 1})
    assert len(counted) == 1
    with committed():
        published(StandardPageFactory(title="Puentes y caminos"))
    assert count_kinds() == (2, {"standard": 2})
    with committed():
        page.unpublish()
    assert count_kinds() == (1, {"standard": 1})


@pytest.fixture
def index(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild(
        document
        for number in range(1, 31)
        for document in documents(
            number, f"Obra {number}", "Puentes." if number > 5 else "Puentes y aire limpio."
        )
    )
    return engine


def ask(engine, text, **options):
    results = run(SearchRequest(text=text, locale=LOCALE), engine, Glossary(), **options)
    return results.total, [hit.group for hit in results.hits]


def test_the_count_cache_drops_the_question_that_was_asked_longest_ago(monkeypatch):
    monkeypatch.setattr(counts, "MAX_QUESTIONS", 2)
    cache = counts.CountCache()
    for key in ("a", "b"):
        cache.add(key, (1, {}))
    assert cache.find("a") == (1, {})
    cache.add("c", (3, {}))
    assert [cache.find(key) for key in ("a", "b", "c")] == [(1, {}), None, (3, {})]


def test_a_large_index_holds_a_long_question_to_two_words(index):
    # «Aire limpio» is rare, so the question finds little more than a third only by «puentes».
    assert ask(index, "puentes aire xilófono", is_large=True)[0] == 5
    assert ask(index, "puentes túneles xilófono", is_large=True)[0] == 30


def test_a_total_is_exact_to_ten_thousand():
    assert format_total(EXACT_TOTAL) == "10,000 resultados"
    assert format_total(EXACT_TOTAL + 1) == "Más de 10,000 resultados"
    results = SearchResults(SearchRequest(text="x"), total=EXACT_TOTAL + 1)
    assert build_result_pager(results).total_text == "más de 10,000"


class Backwards:
    """Scores the passages so that the last comes first."""

    def __init__(self):
        self.given = []

    def score(self, question, passages):
        self.given = list(passages)
        return range(len(passages))


def test_a_reranker_reorders_the_first_twenty_only(index):
    reranker = Backwards()
    _total, plain = ask(index, "puentes")
    request = SearchRequest(text="puentes", locale=LOCALE, per_page=30)
    before = [hit.group for hit in run(request, index, Glossary()).hits]
    after = [hit.group for hit in run(request, index, Glossary(), reranker=reranker).hits]
    assert before[:10] == plain
    assert after == [*reversed(before[:MAX_RERANKED]), *before[MAX_RERANKED:]]
    assert len(reranker.given) == MAX_RERANKED
    assert all("Puentes" in text for text in reranker.given)


def test_no_reranker_is_configured_and_a_missing_one_is_reported(settings):
    assert configured_reranker() is None
    settings.ABIERTO_SEARCH_RERANKER = "tests.search.test_large_index.Backwards"
    assert isinstance(configured_reranker(), Backwards)
    settings.ABIERTO_SEARCH_RERANKER = "no.hay"
    with pytest.raises(ImproperlyConfigured):
        configured_reranker()


@pytest.mark.parametrize(("passages", "shards"), [(0, 1), (1_500_000, 1), (1_500_001, 2), (10_000_000, 7)])
def test_an_index_has_a_shard_for_each_million_and_a_half_passages(passages, shards):
    assert shards_for(passages) == shards
    assert index_body(shards)["settings"]["index"]["number_of_shards"] == shards


def test_scores_use_the_word_frequencies_of_all_shards():
    plan = QueryPlan(terms=(Term("text", "puent"),))
    header, _body = MultiSearch().add(hits_query(plan, match_query(plan))).to_dict()
    assert header == {"search_type": "dfs_query_then_fetch"}
