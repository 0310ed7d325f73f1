"""From the words people use to the words of the law: «me corrieron» also looks for «despido», more weakly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .analysis import STOP_WORDS, analyse, exact_tokens, stem

_SYNONYM_BREAKS = re.compile(r"[\n;|,]+")

Row = tuple[str, str]  # the legal term, and the lay synonyms as the editor typed them
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """A legal term added to a question: how to show it, its stems, and those of the words that brought it."""

    label: str
    stems: Words
    lay: Words = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """Lay phrases, as stems, and the legal terms each of them brings in.

    Stop words may be missing or different in a phrase («gastos de los hijos», «gastos hijos»), unless they
    leave a single word of it: «se puede» and «de planta» are asked whole, or every «puede» would bring a law.
    """

    entries: dict[Words, tuple[Expansion, ...]] = field(default_factory=dict)
    whole: dict[Words, tuple[Expansion, ...]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> Glossary:
        """The glossary in rows of (legal term, lay synonyms)."""
        return _compiled(tuple(rows))

    def expand(self, tokens: Sequence[str]) -> tuple[Expansion, ...]:
        """The legal terms for the lay phrases found in the words of a question, in order, each once."""
        asked, every = _stems(tokens), tuple(map(stem, tokens))
        found: dict[str, Expansion] = {}
        for phrases, words in ((self.entries, asked), (self.whole, every)):
            for phrase in _runs(words, self.longest):
                for expansion in phrases.get(phrase, ()):
                    found.setdefault(expansion.label, expansion)
        return tuple(expansion for expansion in found.values() if not set(asked).issuperset(expansion.stems))


def _stems(tokens: Iterable[str]) -> Words:
    return tuple(stem(token) for token in tokens if token not in STOP_WORDS)


def _runs(words: Words, longest: int) -> Iterator[Words]:
    """Every run of neighbouring words that may be a phrase."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            yield words[start:end]


@lru_cache(maxsize=4)
def _compiled(rows: tuple[Row, ...]) -> Glossary:
    """Compiled once per content of the glossary: the rows themselves are the version."""
    entries: dict[Words, list[Expansion]] = {}
    whole: dict[Words, list[Expansion]] = {}
    for term, synonyms in rows:
        stems = tuple(analyse(term))
        for lay in _SYNONYM_BREAKS.split(synonyms):
            tokens = exact_tokens(lay)
            key = _stems(tokens)
            if not key or not stems or key == stems:
                continue
            expansion = Expansion(term.strip(), stems, key)
            if len(key) == 1 < len(tokens):
                whole.setdefault(tuple(map(stem, tokens)), []).append(expansion)
            else:
                entries.setdefault(key, []).append(expansion)
    longest = max(map(len, (*entries, *whole)), default=0)
    return Glossary(_frozen(entries), _frozen(whole), longest)


def _frozen(entries: dict[Words, list[Expansion]]) -> dict[Words, tuple[Expansion, ...]]:
    return {key: tuple(found) for key, found in entries.items()}
