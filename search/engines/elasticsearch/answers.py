"""Convert Elasticsearch responses to the types of `search.engines.base`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch.dsl.query import Query

from search.engines.base import EngineHit
from search.engines.elasticsearch import queries
from search.engines.elasticsearch.fields import PASSAGES, PAYLOAD

Facets = dict[str, tuple[tuple[str, int], ...]]
PART, PAYLOAD_FIELD = f"{PASSAGES}.part", f"{PASSAGES}.{PAYLOAD}"


@dataclass(frozen=True, slots=True)
class PassageLookup:
    """The query that found a page, to read its best passage when the response does not contain it."""

    passage: Query
    by_date: bool


def pages_of(answer: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the pages of one window; the response omits the list when it is empty."""
    found: Sequence[Mapping[str, Any]] = answer.get("hits", {}).get("hits", ())
    return found


def total_of(answer: Mapping[str, Any]) -> int:
    """Return the total number of pages of a query that counts them."""
    return int(answer["hits"]["total"]["value"])


def hit_of(page: Mapping[str, Any], lookup: PassageLookup) -> EngineHit:
    """Convert a page. Its handle is the payload of its best passage, or the query that reads it."""
    fields = page["fields"]
    part, payload = best_passage(page) if "inner_hits" in page else (0, lookup)
    score = float(page.get("_score") or 0)
    group, day, family = (int(fields[name][0]) for name in ("group", "date", "family"))
    return EngineHit(group, part, day, score, payload, family)


def best_passage(page: Mapping[str, Any]) -> tuple[int, str]:
    """Return the number of the passage that matched best and its payload."""
    fields = page["inner_hits"][PASSAGES]["hits"]["hits"][0]["fields"]
    return int(fields[PART][0]), str(fields[PAYLOAD_FIELD][0])


def facets_of(answer: Mapping[str, Any], names: Iterable[str]) -> Facets:
    """Return the values of each facet with their page counts, most frequent first."""
    aggregations = answer.get("aggregations", {})
    return {name: _facet(aggregations.get(name) or aggregations[queries.FREE][name], name) for name in names}


def _facet(counted: Mapping[str, Any], name: str) -> tuple[tuple[str, int], ...]:
    buckets = counted.get(name, counted)["buckets"]
    found = ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
