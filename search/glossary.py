"""From the words people use to the words of the law: «me corrieron» also looks for «despido», more weakly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from search.analysis import STOP_WORDS, analyse, exact_tokens, stem

_SYNONYM_BREAKS = re.compile(r"[\n;|,]+")

Row = tuple[str, str]  # the legal term, and the lay synonyms as the editor typed them


@dataclass(frozen=True, slots=True)
class Expansion:
    """A legal term added to a question, how to show it, and its stems."""

    label: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Lay phrases, as stems, and the legal terms each of them brings in."""

    entries: dict[tuple[str, ...], tuple[Expansion, ...]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> Glossary:
        """The glossary in rows of (legal term, lay synonyms)."""
        return _compiled(tuple(rows))

    def expand(self, stems: Sequence[str]) -> tuple[Expansion, ...]:
        """The legal terms for the lay phrases found in a question, in order, each once."""
        found: dict[str, Expansion] = {}
        for start in range(len(stems)):
            for end in range(start + 1, min(start + self.longest, len(stems)) + 1):
                for expansion in self.entries.get(tuple(stems[start:end]), ()):
                    found.setdefault(expansion.label, expansion)
        asked = set(stems)
        return tuple(expansion for expansion in found.values() if not asked.issuperset(expansion.stems))


def expand(tokens: Sequence[str], glossary: Glossary) -> tuple[Expansion, ...]:
    """The legal terms that the stems of a question bring in."""
    return glossary.expand(tokens)


@lru_cache(maxsize=4)
def _compiled(rows: tuple[Row, ...]) -> Glossary:
    """Compiled once per content of the glossary: the rows themselves are the version."""
    entries: dict[tuple[str, ...], list[Expansion]] = {}
    for term, synonyms in rows:
        stems = tuple(analyse(term))
        for lay in _SYNONYM_BREAKS.split(synonyms):
            key = tuple(stem(token) for token in exact_tokens(lay) if token not in STOP_WORDS)
            if key and stems and key != stems:
                entries.setdefault(key, []).append(Expansion(term.strip(), stems))
    longest = max(map(len, entries), default=0)
    return Glossary({key: tuple(found) for key, found in entries.items()}, longest)
