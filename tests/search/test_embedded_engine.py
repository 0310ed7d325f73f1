"""The embedded engine: the common tests, and its files, locks and processes."""

import json
import multiprocessing
import os
import signal
import time

import pytest

from search.engines.base import EngineBusy, IndexBroken, IndexMissing, IndexOutdated
from search.engines.embedded import EmbeddedEngine, queries
from search.engines.embedded.folder import POINTER, VERSION
from search.query.plan import Term
from tests.search.corpus import documents, found, world

pytest.register_assert_rewrite("tests.search.engine_behaviour")

from tests.search.engine_behaviour import EngineBehaviour  # noqa: E402

pytestmark = pytest.mark.slow

processes = multiprocessing.get_context("fork")


class TestEmbedded(EngineBehaviour):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path / "index"

    def make_engine(self):
        return EmbeddedEngine(self.folder)

    def live(self):
        return self.folder / (self.folder / POINTER).read_text()

    # --- Scores

    def test_grams_of_most_passages_are_left_out_of_a_large_index(self, empty, monkeypatch):
        empty.rebuild(
            d for n in range(1, 11) for d in documents(n, "Obra", "Puente." if n < 10 else "Ñandú.")
        )
        searcher = empty._searcher()

        def rare(gram: str) -> bool:
            return queries._is_rare(searcher, Term("ng", gram))

        assert (rare("puen"), rare("nand")) == (True, True)
        monkeypatch.setattr(queries, "FEW_PASSAGES", 5)
        assert (rare("puen"), rare("nand")) == (False, True)
        assert found(empty, "puentes") == list(range(1, 10))

    # --- Files

    def test_without_an_index_it_raises_index_missing(self, empty):
        with pytest.raises(IndexMissing):
            found(empty, "sentencias")
        with pytest.raises(IndexMissing):
            empty.delete([1])

    def test_a_rebuild_creates_a_generation_and_deletes_the_old_one(self, engine):
        before = self.live()
        engine.rebuild(world())
        assert self.live() != before
        assert [path.name for path in self.folder.glob("gen-*")] == [self.live().name]

    def test_an_interrupted_rebuild_leaves_nothing_behind(self, engine):
        def breaks():
            yield from world()
            raise KeyboardInterrupt

        before = self.live()
        with pytest.raises(KeyboardInterrupt):
            engine.rebuild(breaks())
        assert [path.name for path in self.folder.glob("gen-*")] == [before.name]

    @pytest.mark.parametrize("part", ["chain", "tantivy", "schema"])
    def test_an_index_of_another_version_is_refused_until_rebuilt(self, engine, part):
        version = json.loads((self.live() / VERSION).read_text())
        (self.live() / VERSION).write_text(json.dumps(version | {part: "otra"}))
        other = self.make_engine()
        with pytest.raises(IndexOutdated):
            found(other, "sentencias")
        with pytest.raises(IndexOutdated):
            other.index(documents(9, "Otra", "Cosa."))
        other.rebuild(world())
        assert found(other, "ladrilleras") == [1]

    @pytest.mark.parametrize("damage", ["meta", "terms", "pointer", "gone"])
    def test_damaged_files_raise_our_error(self, engine, damage):
        live = self.live()
        if damage == "meta":
            (live / "meta.json").write_text("{")
        elif damage == "terms":
            for path in live.glob("*.term"):
                os.truncate(path, 10)
        elif damage == "pointer":
            (self.folder / POINTER).write_bytes(b"\xff\xfe/..")
        else:
            (self.folder / POINTER).write_text("gen-no-existe")
        other = self.make_engine()
        with pytest.raises((IndexBroken, IndexMissing)):
            found(other, "sentencias")
        assert not other.health().ok
        other.rebuild(world())
        assert found(other, "ladrilleras") == [1]

    # --- Processes

    def test_another_reader_sees_a_commit_at_its_next_query(self, engine):
        reader = self.make_engine()
        assert found(reader, "puentes") == []
        engine.index(documents(9, "Obra", "Puentes."))
        assert found(reader, "puentes") == [9]

    def test_an_engine_opened_before_a_fork_refreshes_in_the_child(self, engine):
        assert found(engine, "puentes") == []
        ready, go, answers = processes.Event(), processes.Event(), processes.Queue()

        def child():
            ready.set()
            go.wait(10)
            answers.put(found(engine, "puentes"))

        process = processes.Process(target=child)
        process.start()
        ready.wait(10)
        engine.index(documents(9, "Obra", "Puentes."))
        go.set()
        assert answers.get(timeout=10) == [9]
        process.join(10)

    def test_a_killed_writer_releases_its_lock_and_its_changes_are_undone(self, engine):
        writing = processes.Event()

        def child():
            with self.make_engine().batch() as batch:
                batch.remove([1])
                batch.put(documents(9, "Obra", "Puentes."))
                writing.set()
                time.sleep(60)

        process = processes.Process(target=child)
        process.start()
        assert writing.wait(10)
        with pytest.raises(EngineBusy):
            engine.delete([2])
        os.kill(process.pid, signal.SIGKILL)
        process.join(10)
        engine.delete([2])
        assert found(engine, "ladrilleras") == [1]
        assert found(engine, "puentes") == []
        assert 2 not in found(engine, "sentencias")

    def test_commits_survive_kills_at_any_moment(self, engine):
        for round_number in range(5):
            committed = processes.Queue()

            def child(committed=committed, start=100 + 1000 * round_number):
                own = self.make_engine()
                for number in range(start, start + 1000):
                    own.index(documents(number, "Obra", "Puentes."))
                    committed.put(number)

            process = processes.Process(target=child)
            process.start()
            last = committed.get(timeout=20)
            time.sleep(0.02 * round_number)
            os.kill(process.pid, signal.SIGKILL)
            process.join(10)
            reopened = self.make_engine()
            assert last in reopened.groups()
            reopened.index(documents(50, "Obra", f"Ronda {round_number}."))
            assert 50 in reopened.groups()
