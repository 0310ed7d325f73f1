"""Query the live index through its alias, after a check of its version."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from elasticsearch.dsl import MultiSearch, Search

from search.engines.base import EngineUnreachable, IndexMissing, IndexOutdated
from search.engines.elasticsearch.connection import Connection, connection
from search.engines.elasticsearch.fields import VERSION

VERSION_SECONDS = 5.0  # for which a reader trusts the version of the live index
STEM_CACHE_SECONDS = 60.0
MAX_CACHED_STEMS = 20_000
READ = ("_score", "sort", "fields", "inner_hits.*.hits.hits.fields")  # of each hit: the rest is not used
ANSWER = ",".join(
    f"responses.{part}"
    for part in ("status", "error", "hits.total", "aggregations", *(f"hits.hits.{name}" for name in READ))
)

Answer = dict[str, Any]


class LiveIndex:
    """Queries to the index behind an alias."""

    def __init__(self, urls: Sequence[str], alias: str) -> None:
        self.alias = alias
        self.stems = StemCache()
        self._urls = urls
        self._names: frozenset[str] = frozenset()
        self._checked_until = 0.0

    @property
    def servers(self) -> Connection:
        return connection(self._urls)

    def ask(self, searches: Sequence[Search], preference: str = "pages") -> list[Answer]:
        """Execute several searches in one call, in parallel on the servers."""

        def question() -> list[Answer]:
            with self.servers.short_call_client() as client:
                multi_search = MultiSearch(using=client, index=self.alias).params(filter_path=ANSWER)
                for search in searches:
                    multi_search = multi_search.add(search.params(preference=preference))
                return [answer.to_dict() for answer in multi_search.execute()]

        return self._with_retry(question) if searches else []

    def check(self) -> None:
        """Raise `IndexOutdated` unless this version of the program built the live index."""
        with self.servers.short_call_client() as client:
            # Answered by the called server itself: during the election of a master no other can.
            found = client.indices.get_mapping(index=self.alias, local=True, filter_path="*.mappings._meta")
        versions = [index["mappings"].get("_meta", {}).get("version") for index in found.values()]
        if not versions or any(version != VERSION for version in versions):
            self._checked_until = 0.0
            raise IndexOutdated(f"the index was built with {versions}, this program needs {VERSION}")
        if self._names != found.keys():
            self.stems.forget()
        self._names = frozenset(found)
        self._checked_until = time.monotonic() + VERSION_SECONDS

    def reset(self) -> None:
        """Reset the cached state after this process swapped the index."""
        self.stems.forget()
        self._checked_until = 0.0

    def _with_retry[Result](self, question: Callable[[], Result]) -> Result:
        """Return the answer of the live index; retry once when a rebuild removed it in between.

        An index that disappears during a query is missing, or its servers refuse to answer. Servers that do
        not answer at all are not retried: `Connection.short_call_client` backs off.
        """
        if time.monotonic() > self._checked_until:
            self.check()
        try:
            return question()
        except (IndexMissing, EngineUnreachable):
            self.check()
            return question()


class StemCache:
    """Cache of stems that the index contains, for a minute: most queries need no call for them.

    A new word is found at the next query. A word whose last page was deleted may count as known until the
    minute ends; its query is then not widened to similar words.
    """

    def __init__(self) -> None:
        self._stems: set[str] = set()
        self._until = 0.0

    def of(self, stems: Iterable[str]) -> set[str]:
        """Return those of the stems that are cached."""
        if time.monotonic() > self._until:
            self.forget()
        return self._stems.intersection(stems)

    def add(self, stems: Iterable[str]) -> None:
        if not self._stems or len(self._stems) > MAX_CACHED_STEMS:
            self._stems, self._until = set(), time.monotonic() + STEM_CACHE_SECONDS
        self._stems.update(stems)

    def forget(self) -> None:
        self._stems = set()
