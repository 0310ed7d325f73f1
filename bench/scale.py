"""Measure the search of a large portal: a cluster of three servers, filled in slices by two processes.

One size for each run, because a million passages take hours on two processors. The index is filled
as `search rebuild` does, with documents of `SyntheticArchive`; questions are sent one after the other, as
the results page asks them. With ``copies``, the servers copy the filled index so many times and answer from
all of them: one shard each. The pages repeat, so a question reads further windows to find ten that differ.
"""

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from bench.archive import PASSAGES_OF_A_PAGE, SyntheticArchive
from bench.corpus import LOCALE, Corpus
from bench.searching import GLOSSARY, Actions, in_other_words, questions_of, request
from pages.core.search import SearchKind
from search.engines.base import SearchEngine
from search.engines.elasticsearch import ElasticsearchEngine, connection
from search.engines.embedded import EmbeddedEngine
from search.query.pipeline import run
from search.query.service import is_large
from tests.elasticsearch import Node, running_nodes

NODES, HEAP_MEGABYTES, PROCESSES = 3, 1024, 2
SLICE = 1_000  # pages
PREFIX = "scale"
READ_SECONDS = 60.0  # a slow response is measured, not refused
WARMING_TURNS = 2
FEW_FACETS = ("kind", "plan", "year")
RULING_FACETS = (
    "tribunal", "matter", "gender", "audience", "versions", "finality", "ruling_outcome", "year",
)  # fmt: skip
ONE_TRIBUNAL = {"kind": (SearchKind.RULING.value,), "tribunal": ("Tribunal 3",)}
ONE_SPACE = {"space": ("espacio-3",)}
PUBLIC = (("locale", (LOCALE,)),)

EngineMaker = Callable[[], SearchEngine]


def measure_scale(
    folder: Path, passages: int, questions: int, engine: str, copies: int = 1
) -> dict[str, Any]:
    """Fill an index of so many passages and measure questions, memory, disk and processor time."""
    if engine == EmbeddedEngine.name:
        place = folder / "index"
        return measure(lambda: EmbeddedEngine(place), passages, questions) | {
            "index_mb": round(sum(path.stat().st_size for path in place.rglob("*")) / 2**20)
        }
    connection.READ_SECONDS = READ_SECONDS
    with running_nodes(folder, NODES, HEAP_MEGABYTES, in_tests=False, on_disk=True) as nodes:
        urls = [node.url for node in nodes]
        facts = measure(lambda: ElasticsearchEngine(urls, PREFIX), passages, questions, nodes, copies)
        return facts | describe_servers(nodes)


def measure(
    make_engine: EngineMaker,
    passages: int,
    questions: int,
    nodes: Sequence[Node] = (),
    copies: int = 1,
) -> dict[str, Any]:
    """Fill an index and measure questions on it."""
    facts = fill(make_engine, passages // copies) | {"servers_fill_cpu_s": round(processor_seconds(nodes))}
    if copies > 1:
        facts["copy_s"] = copy_index(nodes[0].url, copies)
    engine = make_engine()
    facts["searched"] = engine.count()
    facts |= measure_questions(engine, questions)
    return facts | {"load_average": os.getloadavg()[1]} | measure_processor(engine, questions, nodes)


def fill(make_engine: EngineMaker, passages: int) -> dict[str, Any]:
    """Fill a new index in slices and publish it; return the times."""
    began = time.perf_counter()
    engine = make_engine()
    name, pages = engine.create_index(passages), passages // PASSAGES_OF_A_PAGE
    context = multiprocessing.get_context("fork")
    first = context.Value("q", 1)
    workers = [
        context.Process(target=fill_slices, args=(make_engine, name, first, pages)) for _ in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise RuntimeError("a process could not fill the index")
    filled = time.perf_counter()
    engine.publish(name)
    usage = os.times()
    return {
        "passages": engine.count(),
        "pages": pages,
        "fill_s": round(filled - began, 1),
        "publish_s": round(time.perf_counter() - filled, 1),
        "our_cpu_s": round(usage.children_user + usage.children_system, 1),
    }


def copy_index(url: str, copies: int) -> float:
    """Copy the live index and answer from all copies; return the seconds that it took."""
    began = time.perf_counter()
    with Elasticsearch(url, request_timeout=300) as client:
        (live,) = client.indices.get_alias(name=PREFIX)
        client.indices.add_block(index=live, block="write")
        alone = {"index.number_of_replicas": 0, "index.auto_expand_replicas": False}
        for number in range(1, copies):
            name = f"{live}{number}"
            client.indices.clone(index=live, target=name, settings=alone, aliases={PREFIX: {}})
            client.cluster.health(index=name, wait_for_status="green", timeout="120s")
    return round(time.perf_counter() - began, 1)


def fill_slices(make_engine: EngineMaker, name: str, first: Any, pages: int) -> None:
    """Take slices until there are no more."""
    engine, archive, began = make_engine(), SyntheticArchive(), time.monotonic()
    while True:
        with first.get_lock():
            start = first.value
            first.value = end = min(start + SLICE, pages + 1)
        if start > pages:
            return
        engine.fill(name, archive.documents(start, end))
        rate = end * PASSAGES_OF_A_PAGE / (time.monotonic() - began)
        print(f"{end - 1:,} of {pages:,} pages, {rate:,.0f} passages a second", file=sys.stderr, flush=True)


def measure_questions(engine: SearchEngine, count: int) -> dict[str, Any]:
    """Return the milliseconds of each action, in turns."""
    asked, large = questions_of(Corpus(), count), is_large(engine)
    actions: Actions = {
        "question": lambda text: run(request(text), engine, GLOSSARY, is_large=large),
        "three facets": lambda text: run(request(text), engine, GLOSSARY, facets=FEW_FACETS, is_large=large),
        "no facets": lambda text: run(request(text), engine, GLOSSARY, facets=(), is_large=large),
        "one space": lambda text: run(
            request(text, {"space": ("espacio-3",)}), engine, GLOSSARY, is_large=large
        ),
        "rulings": lambda text: run(
            request(text, {"kind": (SearchKind.RULING.value,)}),
            engine,
            GLOSSARY,
            facets=RULING_FACETS,
            is_large=large,
        ),
        "one tribunal": lambda text: run(
            request(text, ONE_TRIBUNAL), engine, GLOSSARY, facets=RULING_FACETS, is_large=large
        ),
        "any word": lambda text: run(request(text), engine, GLOSSARY),
    }
    for turn in range(WARMING_TURNS):  # Java compiles what runs often
        for text in in_other_words(asked):
            for action in list(actions.values())[: None if turn else 1]:
                action(text)
    times: dict[str, list[float]] = {name: [] for name in actions}
    for text in asked:
        for name, action in actions.items():
            began = time.perf_counter()
            action(text)
            times[name].append((time.perf_counter() - began) * 1000)
    return {
        name: {
            "p50_ms": round(statistics.median(found), 1),
            "p95_ms": round(statistics.quantiles(found, n=20)[-1], 1),
        }
        for name, found in times.items()
    }


def measure_processor(engine: SearchEngine, count: int, nodes: Sequence[Node]) -> dict[str, float]:
    """Return the processor time of a question in milliseconds; a busy machine does not change it."""
    large = is_large(engine)
    ours, theirs = time.process_time(), processor_seconds(nodes)
    for text in questions_of(Corpus(seed=7), count):
        run(request(text), engine, GLOSSARY, is_large=large)
    return {
        "question_cpu_ms": round((time.process_time() - ours) * 1000 / count, 1),
        "question_servers_cpu_ms": round((processor_seconds(nodes) - theirs) * 1000 / count, 1),
    }


def processor_seconds(nodes: Sequence[Node]) -> float:
    """Return the processor time that the servers have used."""
    stats = [Path(f"/proc/{node.process.pid}/stat").read_text() for node in nodes]
    ticks = sum(sum(map(int, text.rpartition(")")[2].split()[11:13])) for text in stats)
    return ticks / os.sysconf("SC_CLK_TCK")


def describe_servers(nodes: list[Node]) -> dict[str, Any]:
    """Return memory, disk and processor time of the servers."""
    with Elasticsearch(nodes[0].url, request_timeout=60) as client:
        stats = client.indices.stats(index=f"{PREFIX}-*", metric="store,segments")["_all"]
        health = client.cluster.health(index=PREFIX)
    proc = [Path(f"/proc/{node.process.pid}") for node in nodes]
    resident = [int((one / "status").read_text().partition("VmRSS:")[2].split()[0]) / 2**10 for one in proc]
    return {
        "shards": health["active_primary_shards"],
        "primary_mb": round(stats["primaries"]["store"]["size_in_bytes"] / 2**20),
        "disk_mb": round(stats["total"]["store"]["size_in_bytes"] / 2**20),
        "servers_rss_mb": [round(one) for one in resident],
        "servers_cpu_s": round(processor_seconds(nodes)),
    }
