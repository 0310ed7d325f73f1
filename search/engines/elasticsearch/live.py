"""The live index, as those who ask see it: the one that the alias names, of a version that they can read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from elasticsearch.dsl import MultiSearch, Search

from search.engines.base import EngineUnreachable, IndexMissing, IndexOutdated
from search.engines.elasticsearch.connection import Connection, connection
from search.engines.elasticsearch.fields import VERSION

VERSION_SECONDS = 5.0  # how long the version of the live index is taken for granted by a reader
REMEMBERED_SECONDS = 60.0
MOST_REMEMBERED = 20_000
READ = ("_score", "sort", "fields", "inner_hits.*.hits.hits.fields")  # of each hit: the rest nobody looks at
ANSWER = ",".join(
    f"responses.{part}"
    for part in ("status", "error", "hits.total", "aggregations", *(f"hits.hits.{name}" for name in READ))
)

Answer = dict[str, Any]


class LiveIndex:
    """Questions to the index that an alias names."""

    def __init__(self, urls: Sequence[str], alias: str) -> None:
        self.alias = alias
        self.stems = SeenStems()
        self._urls = urls
        self._names: frozenset[str] = frozenset()
        self._checked_until = 0.0

    @property
    def servers(self) -> Connection:
        """The way to the servers."""
        return connection(self._urls)

    def ask(self, searches: Sequence[Search], preference: str = "pages") -> list[Answer]:
        """The answers to several questions in one call; the servers look for them side by side."""

        def question() -> list[Answer]:
            with self.servers.asking() as client:
                together = MultiSearch(using=client, index=self.alias).params(filter_path=ANSWER)
                for search in searches:
                    together = together.add(search.params(preference=preference))
                return [answer.to_dict() for answer in together.execute()]

        return self._answered(question) if searches else []

    def check(self) -> None:
        """Raise `IndexOutdated` unless the live index was made by this version of the program."""
        with self.servers.asking() as client:
            # Of the server asked: while a cluster chooses a new master, nobody else could say.
            found = client.indices.get_mapping(index=self.alias, local=True, filter_path="*.mappings._meta")
        versions = [index["mappings"].get("_meta", {}).get("version") for index in found.values()]
        if versions != [VERSION]:
            self._checked_until = 0.0
            raise IndexOutdated(f"the index was built with {versions}, this program needs {VERSION}")
        if self._names != found.keys():
            self.stems.forget()
        self._names = frozenset(found)
        self._checked_until = time.monotonic() + VERSION_SECONDS

    def changed(self) -> None:
        """Take nothing for granted any more: this process has just swapped the index."""
        self.stems.forget()
        self._checked_until = 0.0

    def _answered[Result](self, question: Callable[[], Result]) -> Result:
        """The answer of the live index; asked again when a rebuild took it away between two looks.

        An index that goes in the middle of a question is missing, or its servers refuse to say. Servers that
        do not answer at all are not asked again: `Connection.asking` lets them rest.
        """
        if time.monotonic() > self._checked_until:
            self.check()
        try:
            return question()
        except (IndexMissing, EngineUnreachable):
            self.check()
            return question()


class SeenStems:
    """Stems that the index was seen to hold, for a minute: most questions then need no call for them.

    Only those: a new word is known at the next question. One whose last page is gone may be taken for known
    until the minute ends; its question is then not widened to words like it.
    """

    def __init__(self) -> None:
        self._stems: set[str] = set()
        self._until = 0.0

    def of(self, stems: Iterable[str]) -> set[str]:
        """Those of the stems that were seen."""
        if time.monotonic() > self._until:
            self.forget()
        return self._stems.intersection(stems)

    def add(self, stems: Iterable[str]) -> None:
        """Remember stems that were seen now."""
        if not self._stems or len(self._stems) > MOST_REMEMBERED:
            self._stems, self._until = set(), time.monotonic() + REMEMBERED_SECONDS
        self._stems.update(stems)

    def forget(self) -> None:
        """Remember none."""
        self._stems = set()
