"""Searching in 1,000, 10,000 and 100,000 passages, against the bare library on the very same index."""

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import tantivy

from bench.corpus import LOCALE, Corpus
from search.analysis import analyse, exact_tokens
from search.engines.embedded import EmbeddedEngine
from search.engines.folder import POINTER
from search.glossary import Glossary
from search.pipeline import run
from search.request import SearchRequest

Actions = dict[str, Callable[[str], object]]
GLOSSARY = Glossary.from_rows([])


class BareLibrary:
    """Ten hits for the words of a question, straight from the library: no filter, total, facet or snippet."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder / (folder / POINTER).read_text().strip()))
        self.searcher, self.schema = index.searcher(), index.schema

    def __call__(self, text: str) -> None:
        """Ask for the first ten."""
        terms = [tantivy.Query.term_query(self.schema, "text", stem) for stem in analyse(text)]
        any_of = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        self.searcher.search(any_of, 10, False)


def measure_search(folder: Path, sizes: tuple[int, ...], questions: int) -> dict[str, Any]:
    """Build an index of each size and return times in milliseconds, and the ratios that have a target."""
    results: dict[str, Any] = {}
    asked = Corpus(seed=7).questions(questions)
    for size in sizes:
        place = folder / str(size)
        began = time.process_time()
        engine = EmbeddedEngine(place)
        built = engine.rebuild(Corpus().documents(size))
        results[str(size)] = {
            "passages": built,
            "build_cpu_s": round(time.process_time() - began, 1),
            "index_mb": round(sum(path.stat().st_size for path in place.rglob("*")) / 2**20, 1),
            "worker_mb_more": memory_of_a_worker(place, asked),
            **in_turns(actions_on(place, engine), asked),
        }
    small, large = results[str(sizes[-2])], results[str(sizes[-1])]
    return results | {
        "times_the_bare_library_p95": round(large["search"]["p95_ms"] / large["bare library"]["p95_ms"], 2),
        "growth_of_the_last_step": round(large["search"]["p50_ms"] / small["search"]["p50_ms"], 2),
        "one_space_against_all": round(large["one space"]["p50_ms"] / large["search"]["p50_ms"], 2),
    }


def actions_on(place: Path, engine: EmbeddedEngine) -> Actions:
    """Return what is timed: each takes a question."""
    bare = BareLibrary(place)
    public = (("locale", (LOCALE,)),)
    one = {"space": ("espacio-3",)}
    return {
        "bare library": bare,
        "search": lambda text: run(request(text), engine, GLOSSARY),
        "one space": lambda text: run(request(text, one), engine, GLOSSARY),
        "suggestions": lambda text: engine.suggest(exact_tokens(text)[-1][:3], public),
    }


def request(text: str, filters: Mapping[str, tuple[str, ...]] | None = None) -> SearchRequest:
    """Return what a citizen asks with these words."""
    return SearchRequest(text=text, filters=filters or {}, locale=LOCALE)


def in_turns(actions: Actions, asked: list[str]) -> dict[str, dict[str, float]]:
    """Ask every question of every action, one after the other, so that a slow moment hits them all."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for round_number in range(2):  # the first round only warms
        for question in asked:
            for name, action in actions.items():
                began = time.perf_counter()
                action(question)
                if round_number:
                    times[name].append((time.perf_counter() - began) * 1000)
    return {
        name: {
            "p50_ms": round(statistics.median(found), 2),
            "p95_ms": round(statistics.quantiles(found, n=20)[-1], 2),
        }
        for name, found in times.items()
    }


def memory_of_a_worker(place: Path, asked: list[str]) -> float:
    """Return by how many MB a process grows that opens the index and answers every question."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_grow, args=(place, asked, theirs))
    process.start()
    theirs.close()
    grown: float = ours.recv()
    process.join()
    return grown


def _grow(place: Path, asked: list[str], pipe: Connection) -> None:
    before = _resident_mb()
    engine = EmbeddedEngine(place)
    for question in asked:
        run(request(question), engine, GLOSSARY)
    pipe.send(round(_resident_mb() - before, 1))


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
