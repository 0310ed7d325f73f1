"""The stems that a reader remembers having seen, so that most questions are one call to the servers."""

import os
import time

import pytest

from search.engines.elasticsearch import ElasticsearchEngine, live
from tests.search.corpus import documents, world

PREFIX = f"raices-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.mark.elasticsearch
class TestReaders:
    @pytest.fixture
    def make_engine(self, elasticsearch_url):
        yield lambda: ElasticsearchEngine([elasticsearch_url], PREFIX)
        ElasticsearchEngine([elasticsearch_url], PREFIX).drop()

    @pytest.fixture
    def engine(self, make_engine):
        engine = make_engine()
        engine.rebuild(world())
        return engine

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
    seen = live.SeenStems()
    for number in range(100):
        seen.add([f"a{number}", f"b{number}"])
    assert len(seen.of({f"{letter}{n}" for letter in "ab" for n in range(100)})) <= 5
    assert seen.of(["b99"]) == {"b99"}
