"""How good the ranking is on judged questions, through exactly the pipeline that citizens use."""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from search.engines.base import SearchEngine
from search.glossary import Glossary
from search.pipeline import ranking, run
from search.request import SearchRequest, quoted, tidy_text
from search.schema import Document, Kind, Passage, Source, documents_of

LOCALE = "es"
DEPTH = 100
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the questions; times in milliseconds for a first page of ten with total and facets."""

    queries: int
    passages: int
    ndcg_10: float
    mrr_10: float
    recall_10: float
    recall_100: float
    p50_ms: float
    p95_ms: float

    def as_json(self) -> dict[str, float]:
        """The scores under their usual names."""
        return {name.replace("_10", "@10"): value for name, value in asdict(self).items()}


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                yield json.loads(line)


def passage_documents(folder: Path, names: list[str]) -> Iterator[Document]:
    """The documents of `passages.jsonl`; appends to `names` the id of each, in the order of their groups."""
    for row in read_lines(folder / "passages.jsonl"):
        names.append(row["id"])
        source = Source(len(names), Kind.STANDARD, LOCALE, row["title"], "", [Passage(row["text"])])
        yield from documents_of(source)


def evaluate(folder: Path, engine: SearchEngine, glossary: Glossary) -> Scores:
    """Index the folder's passages in the engine given (a scratch one) and ask the folder's questions."""
    names: list[str] = []
    count = engine.rebuild(passage_documents(folder, names))
    rows = list(read_lines(folder / "queries.jsonl"))
    marks, times = [], []
    for row in rows:
        text, _cut = tidy_text(row["q"])
        request = SearchRequest(text=text, phrases=quoted(text), locale=LOCALE)
        started = time.perf_counter()
        run(request, engine, glossary)
        times.append((time.perf_counter() - started) * 1000)
        found = [names[group - 1] for group in ranking(request, engine, glossary, DEPTH)]
        marks.append(judge(found, row["rel"]))
    ndcg, mrr, near, deep = (round(statistics.fmean(column), 4) for column in zip(*marks, strict=True))
    median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return Scores(len(rows), count, ndcg, mrr, near, deep, round(median, 2), round(slow, 2))


def judge(found: Sequence[str], grades: Mapping[str, float]) -> tuple[float, float, float, float]:
    """nDCG@10, reciprocal rank@10, recall@10 and recall@100 of one ranked list."""
    right = {name for name, grade in grades.items() if grade > 0}
    gains = [_gain(grades.get(name, 0), at) for at, name in enumerate(found[:SHOWN])]
    ideal = [
        _gain(grade, at) for at, grade in enumerate(sorted(grades.values(), reverse=True)[:SHOWN]) if grade
    ]
    rank = next((at for at, name in enumerate(found[:SHOWN], 1) if name in right), 0)
    if not right:
        return 0.0, 0.0, 0.0, 0.0
    return (
        sum(gains) / sum(ideal),
        1 / rank if rank else 0.0,
        len(right.intersection(found[:SHOWN])) / len(right),
        len(right.intersection(found[:DEPTH])) / len(right),
    )


def _gain(grade: float, at: int) -> float:
    return (2**grade - 1) / math.log2(at + 2)
