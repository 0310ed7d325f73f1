"""One call per query: what it returns, what it counts, what is cached."""

import os
import time
from dataclasses import replace

import pytest

from search.engines.elasticsearch import ElasticsearchEngine, live, queries
from search.query.plan import QueryPlan, Term
from tests.search.corpus import ask, documents, world

PREFIX = f"preguntas-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.mark.elasticsearch
class TestAsking:
    @pytest.fixture
    def make_engine(self, elasticsearch_url):
        yield lambda: ElasticsearchEngine([elasticsearch_url], PREFIX)
        ElasticsearchEngine([elasticsearch_url], PREFIX).drop()

    @pytest.fixture
    def engine(self, make_engine):
        engine = make_engine()
        engine.rebuild(world())
        return engine

    # --- Windows

    def test_the_first_window_contains_its_stored_fields(self, engine):
        first = engine.search(QueryPlan(everything=True, by_date=True)).hits
        engine.delete([1])
        assert [stored_fields["title"] for stored_fields in engine.stored(first)][
            1
        ] == "Vigilar las ladrilleras"

    def test_a_page_deleted_before_its_fields_are_read_is_empty(self, engine):
        later = engine.search(QueryPlan(everything=True, by_date=True, offset=1)).hits
        engine.delete([1])
        stored_fields = engine.stored(later)
        assert [bool(stored) for stored in stored_fields] == [hit.group != 1 for hit in later]
        assert 1 in [hit.group for hit in later]

    def test_later_windows_return_the_same_best_passage(self, engine):
        plan = QueryPlan(terms=(Term("text", "horn"), Term("text", "air")), limit=1)
        windows = [engine.search(replace(plan, offset=offset)).hits for offset in (0, 1)]
        stored_fields = engine.stored([hit for window in windows for hit in window])
        assert {fields["url"] for fields in stored_fields} == {"/pagina-1/", "/pagina-4/#p1"}

    def test_pages_outside_the_rescoring_window_stay_below_and_none_is_lost(self, engine, monkeypatch):
        monkeypatch.setattr(queries, "RERANKED", 12)
        engine.rebuild(
            document
            for number in range(1, 41)
            for document in documents(number, "Obra", "puente " * (1 + number % 7) + "camino " * (number % 5))
        )
        plan = QueryPlan(terms=(Term("text", "puent"),), rerank=(Term("ng", "cami", 0.5),), limit=9)
        windows = [engine.search(replace(plan, offset=offset)).hits for offset in range(0, 45, 9)]
        hits = [hit for window in windows for hit in window]
        assert sorted(hit.group for hit in hits) == list(range(1, 41))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        plain = {hit.group: hit.score for hit in engine.search(replace(plan, rerank=(), limit=40)).hits}
        assert [hit.score > plain[hit.group] for hit in hits[12:]] == [False] * 28
        assert any(hit.score > plain[hit.group] for hit in hits[:12])

    # --- Counts

    def test_a_query_can_filter_by_every_counted_facet(self, engine):
        plan = QueryPlan(everything=True, by_date=True, facets=("year",), filters=(("year", ("2019",)),))
        answer = engine.search(plan)
        assert ([hit.group for hit in answer.hits], answer.total) == ([3], 1)
        assert dict(answer.facets["year"]) == {"2022": 2, "2019": 1, "2023": 1}

    @pytest.mark.parametrize("text", ["3.1", '"calidad del aire"', "sentensias", "el de la", "", "xilófono"])
    def test_the_total_equals_the_hits_found(self, engine, text):
        answer = ask(engine, text)
        assert answer.total == len(answer.hits)
        assert sum(dict(answer.facets["kind"]).values()) == answer.total

    def test_counts_are_not_computed_unless_requested(self, engine):
        answer = engine.search(QueryPlan(everything=True, count=False))
        assert (len(answer.hits), answer.total, answer.facets) == (7, 0, {})
        by_kind = engine.search(QueryPlan(everything=True, count=False, facets=("kind",)))
        assert (by_kind.total, dict(by_kind.facets["kind"])["commitment"]) == (0, 4)

    # --- Cached stems

    def test_a_cached_stem_is_not_queried_again(self, engine, monkeypatch):
        assert engine.known(["sentenci", "xilofon"]) == {"sentenci"}
        searches_sent = []
        ask = engine._live.ask
        monkeypatch.setattr(
            engine._live, "ask", lambda searches: searches_sent.append(searches) or ask(searches)
        )
        assert engine.known(["sentenci"]) == {"sentenci"}
        assert searches_sent == [[]]

    def test_a_word_indexed_by_another_host_is_known_at_the_next_query(self, engine, make_engine):
        reader = make_engine()
        assert reader.known(["puent"]) == set()
        engine.index(documents(9, "Obra", "Puentes."))
        assert reader.known(["puent"]) == {"puent"}

    def test_a_word_of_a_deleted_page_expires_in_a_minute(self, engine, make_engine, monkeypatch):
        reader = make_engine()
        assert reader.known(["ladriller"]) == {"ladriller"}
        engine.delete([1])
        assert engine.known(["ladriller"]) == set()
        later = time.monotonic() + live.STEM_CACHE_SECONDS
        monkeypatch.setattr(live.time, "monotonic", lambda: later)
        assert reader.known(["ladriller"]) == set()

    def test_a_rebuild_by_another_host_clears_the_cache(self, engine, make_engine, monkeypatch):
        monkeypatch.setattr(live, "VERSION_SECONDS", 0.0)
        reader = make_engine()
        assert reader.known(["ladriller"]) == {"ladriller"}
        engine.rebuild(documents(9, "Obra", "Puentes."))
        reader.count()
        assert reader.known(["ladriller"]) == set()


def test_the_stem_cache_is_limited(monkeypatch):
    monkeypatch.setattr(live, "MAX_CACHED_STEMS", 3)
    seen = live.StemCache()
    for number in range(100):
        seen.add([f"a{number}", f"b{number}"])
    assert len(seen.of({f"{letter}{n}" for letter in "ab" for n in range(100)})) <= 5
    assert seen.of(["b99"]) == {"b99"}
