"""Measure the ranking on judged queries, through the same pipeline as public queries.

A folder with `passages.jsonl` has its own documents, indexed in a scratch engine. A folder with only
`queries.jsonl` queries the portal; its results are named by their path below the home page
(`planes/pal-2022-2024`).
"""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from wagtail.models import Page

from abierto.registry.models import Institution
from abierto.tenancy.visibility import filter_public
from pages.core.search import Passage, SearchContent, SearchKind
from pages.core.slugs import make_slug
from search.engines.base import SearchEngine

from .indexing.institutions import Record, institution_group, public_records
from .indexing.schema import Document, build_documents
from .query.glossary import Glossary
from .query.pipeline import rank_groups, run
from .query.request import SearchRequest, quoted, tidy_text
from .query.results import Hit, SearchResults
from .web.cards import ResultCard, group_families

LOCALE = "es"
DEPTH = 100
SHOWN = 10
QUESTIONS, PASSAGES = "queries.jsonl", "passages.jsonl"

Marks = tuple[float, float, float, float]
NOTHING: Marks = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the queries with an answer, and the nDCG of each part of the set, if it has parts.

    Times are in milliseconds, for a first page of ten results with total and facets. A query without an
    answer counts as `absent`; `offered` is the median number of pages that it found.
    """

    queries: int
    passages: int
    ndcg_10: float
    mrr_10: float
    recall_10: float
    recall_100: float
    p50_ms: float
    p95_ms: float
    parts: Mapping[str, float]
    absent: int
    offered: float

    def as_json(self) -> dict[str, Any]:
        """Return the scores under their usual names."""
        return {name.replace("_10", "@10"): value for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class EvaluationTarget:
    """The evaluated system: engine, glossary, language and the name of each group."""

    engine: SearchEngine
    glossary: Glossary
    names: Mapping[int, str]
    passages: int
    locale: str = LOCALE
    expand: bool = True
    records: Mapping[int, Record] = field(default_factory=dict)

    def request(self, words: str) -> SearchRequest:
        """Build the request of a visitor who types these words."""
        text, _cut = tidy_text(words)
        return SearchRequest(text=text, phrases=quoted(text), locale=self.locale, expand=self.expand)

    def found(self, words: str, first: SearchResults) -> list[str]:
        """Return the names of the first hundred results, those of the `first` page in the order shown."""
        shown = list(self._in_families(first.hits))
        ranked = rank_groups(self.request(words), self.engine, self.glossary, DEPTH)
        groups = dict.fromkeys([*shown, *ranked])
        return [self.names[group] for group in groups if group in self.names]

    def _in_families(self, hits: Sequence[Hit]) -> Iterator[int]:
        """Yield the groups of the hits as the results page nests them; none of a scratch engine."""
        shown = [hit for hit in hits if hit.group in self.records]
        cards = [ResultCard(hit, self.records[hit.group], hit.url, hit.kind) for hit in shown]
        for card in group_families(cards):
            yield card.hit.group
            yield from (nested.hit.group for nested in card.reports)
            if card.axis:
                yield card.axis.hit.group


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                yield json.loads(line)


def passage_documents(folder: Path, names: dict[int, str]) -> Iterator[Document]:
    """Yield the documents of `passages.jsonl`; add the name of each group to ``names``."""
    for group, row in enumerate(read_lines(folder / PASSAGES), 1):
        names[group] = row["id"]
        content = SearchContent(
            [Passage(row["text"])], group=group, kind=SearchKind.STANDARD, locale=LOCALE, title=row["title"]
        )
        yield from build_documents(content)


def index_passages(
    folder: Path, engine: SearchEngine, glossary: Glossary, expand: bool = True
) -> EvaluationTarget:
    """Index the passages of the folder in ``engine``, a scratch engine."""
    names: dict[int, str] = {}
    count = engine.rebuild(passage_documents(folder, names))
    return EvaluationTarget(engine, glossary, names, count, expand=expand)


def portal_target(
    engine: SearchEngine, glossary: Glossary, locale: str, expand: bool = True
) -> EvaluationTarget:
    """Return the current public index in one language."""
    names = page_names(locale)
    return EvaluationTarget(engine, glossary, names, engine.count(), locale, expand, public_records(names))


def page_names(locale: str) -> dict[int, str]:
    """Return the public pages of a language, named by the slugs below the home page, and the institutions."""
    rows = filter_public(Page.objects.filter(locale__language_code=locale)).values_list("pk", "url_path")
    names = {pk: path.strip("/").partition("/")[2] for pk, path in rows}
    public = Institution.objects.public().values_list("pk", "name")
    return names | {institution_group(pk): f"instituciones/{make_slug(name)}" for pk, name in public}


def evaluate(folder: Path, target: EvaluationTarget) -> Scores:
    """Run the judged queries of the folder."""
    rows = list(read_lines(folder / QUESTIONS))
    times, offered = [], []
    marks: list[Marks] = []
    parts: dict[str, list[float]] = {}
    for row in rows:
        started = time.perf_counter()
        answer = run(target.request(row["q"]), target.engine, target.glossary)
        times.append((time.perf_counter() - started) * 1000)
        if not any(grade > 0 for grade in row["rel"].values()):
            offered.append(answer.total)
            continue
        marks.append(judge(target.found(row["q"], answer), row["rel"]))
        parts.setdefault(row.get("set", ""), []).append(marks[-1][0])
    columns = zip(*(marks or [NOTHING]), strict=True)
    ndcg, mrr, near, deep = (round(statistics.fmean(column), 4) for column in columns)
    return Scores(
        len(rows),
        target.passages,
        ndcg,
        mrr,
        near,
        deep,
        p50_ms=round(statistics.median(times), 2),
        p95_ms=round(statistics.quantiles(times, n=20)[-1], 2),
        parts={name: round(statistics.fmean(found), 4) for name, found in parts.items() if name},
        absent=len(offered),
        offered=statistics.median(offered) if offered else 0,
    )


def judge(found: Sequence[str], grades: Mapping[str, float]) -> Marks:
    """Return nDCG@10, reciprocal rank@10, recall@10 and recall@100 of one ranked list."""
    right = {name for name, grade in grades.items() if grade > 0}
    gains = [_gain(grades.get(name, 0), at) for at, name in enumerate(found[:SHOWN])]
    ideal = [
        _gain(grade, at) for at, grade in enumerate(sorted(grades.values(), reverse=True)[:SHOWN]) if grade
    ]
    rank = next((at for at, name in enumerate(found[:SHOWN], 1) if name in right), 0)
    if not right:
        return NOTHING
    return (
        sum(gains) / sum(ideal),
        1 / rank if rank else 0.0,
        len(right.intersection(found[:SHOWN])) / len(right),
        len(right.intersection(found[:DEPTH])) / len(right),
    )


def _gain(grade: float, at: int) -> float:
    return (2**grade - 1) / math.log2(at + 2)
