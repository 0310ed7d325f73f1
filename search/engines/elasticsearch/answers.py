"""What the servers answer, as what every engine answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch.dsl.query import Query

from search.engines.base import EngineHit
from search.engines.elasticsearch import queries
from search.engines.elasticsearch.fields import PASSAGES, PAYLOAD

Facets = dict[str, tuple[tuple[str, int], ...]]
PART, SAID = f"{PASSAGES}.part", f"{PASSAGES}.{PAYLOAD}"


@dataclass(frozen=True, slots=True)
class Question:
    """What found a page: the way to its best passage, when that did not come with it."""

    passage: Query
    by_date: bool


def pages_of(answer: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The pages of one window; nothing is said of them when there are none."""
    found: Sequence[Mapping[str, Any]] = answer.get("hits", {}).get("hits", ())
    return found


def total_of(answer: Mapping[str, Any]) -> int:
    """How many pages there are in all, of a question that counts them."""
    return int(answer["hits"]["total"]["value"])


def hit_of(page: Mapping[str, Any], question: Question) -> EngineHit:
    """A page found. Its handle is what its best passage says, or how to ask for that."""
    fields = page["fields"]
    part, said = best_passage(page) if "inner_hits" in page else (0, question)
    score = float(page.get("_score") or 0)
    return EngineHit(int(fields["group"][0]), part, int(fields["date"][0]), score, said)


def best_passage(page: Mapping[str, Any]) -> tuple[int, str]:
    """The number of the passage that a page was found by, and what it says."""
    fields = page["inner_hits"][PASSAGES]["hits"]["hits"][0]["fields"]
    return int(fields[PART][0]), str(fields[SAID][0])


def facets_of(answer: Mapping[str, Any], names: Iterable[str]) -> Facets:
    """The values of each facet with their pages, the commonest first."""
    told = answer.get("aggregations", {})
    return {name: _facet(told.get(name) or told[queries.FREE][name], name) for name in names}


def _facet(counted: Mapping[str, Any], name: str) -> tuple[tuple[str, int], ...]:
    buckets = counted.get(name, counted)["buckets"]
    found = ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
