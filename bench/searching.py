"""Measure searches in 1,000, 10,000 and 100,000 passages, against the bare library on the same index.

Where Java is installed, also on a real Elasticsearch of one node: both engines are measured in turns.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import tantivy

from bench.corpus import LOCALE, Corpus
from bench.environment import apart
from search.engines.base import SearchEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.folder import POINTER
from search.indexing.schema import Document
from search.indexing.words import WordWriter, find_words
from search.query.analysis import analyse, exact_tokens
from search.query.glossary import Glossary
from search.query.pipeline import run
from search.query.request import SearchRequest
from search.query.suggestions import WORDS
from tests.elasticsearch import NoElasticsearch, running_nodes

Actions = dict[str, Callable[[str], object]]
GLOSSARY = Glossary.from_rows([])
SERVER_MEGABYTES = 1024
WARMING_ROUNDS = 5
FEW_FACETS = ("kind", "plan", "year")
A_TYPO_IN = 10  # questions


class BareLibrary:
    """A bare query of the library: no filters, groups, grams or snippets."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder / (folder / POINTER).read_text().strip()))
        self.searcher, self.schema = index.searcher(), index.schema

    def first_ten(self, text: str) -> None:
        """Request ten hits and nothing else."""
        self.searcher.search(self._any_word(text), 10, False)

    def counted(self, text: str) -> None:
        """Request ten hits, the total and three facets, in passages."""
        words = self._any_word(text)
        self.searcher.search(words, 10, True)
        self.searcher.aggregate(words, {name: {"terms": {"field": name, "size": 200}} for name in FEW_FACETS})

    def _any_word(self, text: str) -> tantivy.Query:
        terms = [tantivy.Query.term_query(self.schema, "text", stem) for stem in analyse(text)]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])


def measure_search(folder: Path, sizes: tuple[int, ...], questions: int) -> dict[str, Any]:
    """Build indexes of each size and return times in milliseconds, and the ratios that have a target."""
    questions_asked = questions_of(Corpus(), questions)
    with server(folder / "elasticsearch") as url:
        results = {str(size): measure_size(folder / str(size), size, questions_asked, url) for size in sizes}
    small, large = results[str(sizes[-2])], results[str(sizes[-1])]
    ratios = {
        "times_the_bare_library_p95": ratio(large, "search, three facets", "bare library, counted", "p95_ms"),
        "growth_of_the_last_step": round(large["search"]["p50_ms"] / small["search"]["p50_ms"], 2),
        "one_space_against_all": ratio(large, "one space", "search", "p50_ms"),
    }
    if "elasticsearch" in large:
        ratios["elasticsearch_against_embedded_p95"] = ratio(large, "elasticsearch", "search", "p95_ms")
    return results | ratios


def measure_size(place: Path, size: int, questions: list[str], url: str) -> dict[str, Any]:
    """Build both indexes of one size, then measure all queries in turns."""
    began = time.process_time()
    embedded = EmbeddedEngine(place)
    built = embedded.rebuild(Corpus().documents(size))
    count_words(Corpus().documents(size))
    facts = {
        "passages": built,
        "build_cpu_s": round(time.process_time() - began, 1),
        "index_mb": round(sum(path.stat().st_size for path in place.rglob("*")) / 2**20, 1),
        **apart(grown_by_asking, place, questions),
    }
    actions = actions_on(place, embedded)
    if url:
        prefix = f"bench-{size}"
        facts |= apart(build_on_server, url, prefix, size)
        actions["elasticsearch"] = asking(ElasticsearchEngine([url], prefix))
        for text in in_other_words(questions) * WARMING_ROUNDS:  # Java compiles what it is asked often
            actions["elasticsearch"](text)
    return facts | in_turns(actions, questions)


def count_words(documents: Iterable[Document]) -> None:
    """Count the words of made-up pages as their publication would."""
    writer = WordWriter()
    for group, passages in groupby(documents, key=attrgetter("group")):
        writer.add(group, list(passages))
    writer.save()


def actions_on(place: Path, engine: EmbeddedEngine) -> Actions:
    """Return the measured actions; each takes a question."""
    bare = BareLibrary(place)
    return {
        "bare library": bare.first_ten,
        "bare library, counted": bare.counted,
        "search, three facets": lambda text: run(request(text), engine, GLOSSARY, facets=FEW_FACETS),
        "search": asking(engine),
        "one space": asking(engine, {"space": ("espacio-3",)}),
        "words to suggest": lambda text: find_words(exact_tokens(text)[-1][:3], LOCALE, WORDS),
    }


def asking(
    engine: SearchEngine, filters: Mapping[str, tuple[str, ...]] | None = None
) -> Callable[[str], object]:
    """Return a function that sends a question to an engine as the page does."""
    return lambda text: run(request(text, filters), engine, GLOSSARY)


def request(text: str, filters: Mapping[str, tuple[str, ...]] | None = None) -> SearchRequest:
    """Return the search request of a visitor for these words."""
    return SearchRequest(text=text, filters=filters or {}, locale=LOCALE)


def questions_of(corpus: Corpus, count: int) -> list[str]:
    """Return questions in the words of the passages; some with a letter missing."""
    return [misspelt(text) if n % A_TYPO_IN == 1 else text for n, text in enumerate(corpus.questions(count))]


def misspelt(text: str) -> str:
    """Return a question without the third letter of its longest word."""
    word = max(text.split(), key=len)
    return text.replace(word, word[:2] + word[3:], 1)


def in_other_words(questions: list[str]) -> list[str]:
    """Return other questions of the same words: they warm an engine but not its answers."""
    words = [word for text in questions for word in text.split()]
    random.Random(1).shuffle(words)
    rest = iter(words)
    return [" ".join(next(rest) for _ in text.split()) for text in questions]


def in_turns(actions: Actions, questions: list[str]) -> dict[str, dict[str, float]]:
    """Run every question on every action in turns, so that a slow moment affects all of them."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for text in in_other_words(questions):
        for action in actions.values():
            action(text)
    for text in questions:
        for name, action in actions.items():
            began = time.perf_counter()
            action(text)
            times[name].append((time.perf_counter() - began) * 1000)
    return {
        name: {
            "p50_ms": round(statistics.median(found), 2),
            "p95_ms": round(statistics.quantiles(found, n=20)[-1], 2),
        }
        for name, found in times.items()
    }


def ratio(times: dict[str, Any], first: str, second: str, moment: str) -> float:
    """Return the ratio of two times."""
    return round(times[first][moment] / times[second][moment], 2)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Yield the address of an Elasticsearch server of 1 GB; empty where none can run."""
    try:
        with running_nodes(folder, 1, SERVER_MEGABYTES, in_tests=False) as (node,):
            yield node.url
    except NoElasticsearch as error:
        print(f"Elasticsearch is not measured. {error}", file=sys.stderr)
        yield ""


def build_on_server(url: str, prefix: str, size: int) -> dict[str, float]:
    """Build an index on the server; return the time and memory of this process."""
    began, before = time.perf_counter(), _memory_mb("VmHWM")
    ElasticsearchEngine([url], prefix).rebuild(Corpus().documents(size))
    return {
        "elasticsearch_build_s": round(time.perf_counter() - began, 1),
        "elasticsearch_build_cpu_s": round(time.process_time(), 1),
        "elasticsearch_build_mb_more": round(_memory_mb("VmHWM") - before, 1),
    }


def grown_by_asking(place: Path, questions: list[str]) -> dict[str, float]:
    """Return by how many MB a process grows that opens the index and answers every question.

    Only its private memory: mapped files are shared by all workers, and the system reclaims them when
    needed.
    """
    own, mapped = _memory_mb("RssAnon"), _memory_mb("RssFile")
    engine = EmbeddedEngine(place)
    for question in questions:
        run(request(question), engine, GLOSSARY)
    return {
        "worker_mb_more": round(_memory_mb("RssAnon") - own, 1),
        "worker_mb_mapped": round(_memory_mb("RssFile") - mapped, 1),
    }


def _memory_mb(kind: str) -> float:
    # Not `ru_maxrss` for the most: a process starts with that of the one that started it.
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{kind}:")[2].split()[0]) / 2**10
