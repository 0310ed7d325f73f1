"""A question as one call to the servers: what comes with it, what is counted, what is remembered."""

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

    def test_what_a_first_window_shows_came_with_it(self, engine):
        first = engine.search(QueryPlan(everything=True, by_date=True)).hits
        engine.delete([1])
        assert [told["title"] for told in engine.stored(first)][1] == "Vigilar las ladrilleras"

    def test_a_page_removed_between_a_later_window_and_its_text_is_shown_empty(self, engine):
        later = engine.search(QueryPlan(everything=True, by_date=True, offset=1)).hits
        engine.delete([1])
        told = engine.stored(later)
        assert [bool(stored) for stored in told] == [hit.group != 1 for hit in later]
        assert 1 in [hit.group for hit in later]

    def test_a_later_window_tells_the_best_passage_as_the_first_does(self, engine):
        plan = QueryPlan(terms=(Term("text", "horn"), Term("text", "air")), limit=1)
        windows = [engine.search(replace(plan, offset=offset)).hits for offset in (0, 1)]
        told = engine.stored([hit for window in windows for hit in window])
        assert {fields["url"] for fields in told} == {"/pagina-1/", "/pagina-4/#p1"}

    def test_pages_too_far_behind_for_the_grams_stay_behind_and_none_is_lost(self, engine, monkeypatch):
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

    def test_a_question_filtered_by_every_facet_it_counts(self, engine):
        plan = QueryPlan(everything=True, by_date=True, facets=("year",), filters=(("year", ("2019",)),))
        answer = engine.search(plan)
        assert ([hit.group for hit in answer.hits], answer.total) == ([3], 1)
        assert dict(answer.facets["year"]) == {"2022": 2, "2019": 1, "2023": 1}

    @pytest.mark.parametrize("text", ["3.1", '"calidad del aire"', "sentensias", "el de la", "", "xilófono"])
    def test_what_is_counted_is_what_is_found(self, engine, text):
        answer = ask(engine, text)
        assert answer.total == len(answer.hits)
        assert sum(dict(answer.facets["kind"]).values()) == answer.total

    def test_counts_are_not_looked_for_unless_asked(self, engine):
        answer = engine.search(QueryPlan(everything=True, count=False))
        assert (len(answer.hits), answer.total, answer.facets) == (7, 0, {})
        by_kind = engine.search(QueryPlan(everything=True, count=False, facets=("kind",)))
        assert (by_kind.total, dict(by_kind.facets["kind"])["commitment"]) == (0, 4)

    # --- Stems seen

    def test_a_stem_seen_is_not_asked_for_again(self, engine, monkeypatch):
        assert engine.known(["sentenci", "xilofon"]) == {"sentenci"}
        asked = []
        ask = engine._live.ask
        monkeypatch.setattr(engine._live, "ask", lambda searches: asked.append(searches) or ask(searches))
        assert engine.known(["sentenci"]) == {"sentenci"}
        assert asked == [[]]

    def test_a_word_written_by_another_host_is_known_at_the_next_question(self, engine, make_engine):
        reader = make_engine()
        assert reader.known(["puent"]) == set()
        engine.index(documents(9, "Obra", "Puentes."))
        assert reader.known(["puent"]) == {"puent"}

    def test_a_word_whose_last_page_is_gone_is_forgotten_in_a_minute(self, engine, make_engine, monkeypatch):
        reader = make_engine()
        assert reader.known(["ladriller"]) == {"ladriller"}
        engine.delete([1])
        assert engine.known(["ladriller"]) == set()
        later = time.monotonic() + live.REMEMBERED_SECONDS
        monkeypatch.setattr(live.time, "monotonic", lambda: later)
        assert reader.known(["ladriller"]) == set()

    def test_a_rebuild_elsewhere_makes_it_forget(self, engine, make_engine, monkeypatch):
        monkeypatch.setattr(live, "VERSION_SECONDS", 0.0)
        reader = make_engine()
        assert reader.known(["ladriller"]) == {"ladriller"}
        engine.rebuild(documents(9, "Obra", "Puentes."))
        reader.count()
        assert reader.known(["ladriller"]) == set()


def test_the_stems_remembered_are_bounded(monkeypatch):
    monkeypatch.setattr(live, "MOST_REMEMBERED", 3)
    seen = live.StemCache()
    for number in range(100):
        seen.add([f"a{number}", f"b{number}"])
    assert len(seen.of({f"{letter}{n}" for letter in "ab" for n in range(100)})) <= 5
    assert seen.of(["b99"]) == {"b99"}
