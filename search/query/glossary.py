"""Query expansion from lay words to legal terms: «me corrieron» also searches «despido», with less weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pages.glossary.queries import DefinedTerm

from .analysis import STOP_WORDS, analyse, exact_tokens, stem
from .institution_names import InstitutionName
from .spanish_words import singular

_SYNONYM_BREAKS = re.compile(r"[\n;|,]+")

Row = tuple[str, str]  # the legal term, and its lay synonyms as typed by the editor
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """A legal term added to a query: its label, its stems, and the stems of the lay words that added it."""

    label: str
    stems: Words
    lay: Words = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """Lay phrases, as stems, and lay words, as written in singular, with the legal terms that each adds.

    A single word does not match by its stem: «caso», «casa» and «casarme» have one, and only the last is
    about marriage. In phrases, stop words may be missing or different («gastos de los hijos», «gastos
    hijos»), unless only one other word is left: «se puede» and «de planta» match as a whole, or every «puede»
    would add a term.
    """

    entries: dict[Words, tuple[Expansion, ...]] = field(default_factory=dict)
    forms: dict[Words, tuple[Expansion, ...]] = field(default_factory=dict)
    whole: dict[Words, tuple[Expansion, ...]] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    longest: int = 0
    # By the stems of a term or of one of its synonyms.
    definitions: Mapping[Words, DefinedTerm] = field(default_factory=dict)
    institutions: tuple[InstitutionName, ...] = ()
    municipalities: frozenset[Words] = frozenset()  # the stems of their names

    def define(self, text: str) -> DefinedTerm | None:
        """Return the term that the query consists of; None if it has other words too."""
        return self.definitions.get(_stems(exact_tokens(text)))

    def names_municipality(self, tokens: Sequence[str]) -> bool:
        """Check whether a query names a municipality, by any of its names."""
        words = _stems(tokens)
        longest = max(map(len, self.municipalities), default=0)
        return any(run in self.municipalities for run in _word_runs(words, longest))

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> Glossary:
        """Compile rows of (legal term, lay synonyms)."""
        return _compile(tuple(rows))

    def split_joined(self, word: str) -> str:
        """Return the lay phrase that this folded word is without spaces («bolsadetrabajo»), or nothing."""
        return self.joined.get(word, "")

    def expand(self, tokens: Sequence[str]) -> tuple[Expansion, ...]:
        """Return the legal terms for the lay phrases in the tokens of a query, each once, in order."""
        content, every = _stems(tokens), tuple(map(stem, tokens))
        forms = tuple(singular(token) for token in tokens)
        found: dict[str, Expansion] = {}
        for phrases, words in ((self.entries, content), (self.whole, every), (self.forms, forms)):
            for phrase in _word_runs(words, self.longest):
                for expansion in phrases.get(phrase, ()):
                    found.setdefault(expansion.label, expansion)
        return tuple(
            expansion for expansion in found.values() if not set(content).issuperset(expansion.stems)
        )


def index_definitions(terms: Iterable[DefinedTerm]) -> dict[Words, DefinedTerm]:
    """Return the terms by their stems and by those of their synonyms; a term overrides an equal synonym."""
    found: dict[Words, DefinedTerm] = {}
    listed = list(terms)
    named = [(term.term, term) for term in listed]
    named += [(lay, term) for term in listed for lay in term.synonyms]
    for text, term in named:
        if key := _stems(exact_tokens(text)):
            found.setdefault(key, term)
    return found


def name_key(name: str) -> Words:
    """Return the stems of a name, to find it in queries."""
    return _stems(exact_tokens(name))


def _stems(tokens: Iterable[str]) -> Words:
    return tuple(stem(token) for token in tokens if token not in STOP_WORDS)


def _word_runs(words: Words, longest: int) -> Iterator[Words]:
    """Yield every run of adjacent words that may be a phrase."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            yield words[start:end]


@lru_cache(maxsize=4)
def _compile(rows: tuple[Row, ...]) -> Glossary:
    """Compile the glossary, cached by the content of its rows."""
    entries: dict[Words, list[Expansion]] = {}
    forms: dict[Words, list[Expansion]] = {}
    whole: dict[Words, list[Expansion]] = {}
    joined: dict[str, str] = {}
    for term, synonyms in rows:
        stems = tuple(analyse(term))
        for lay in _SYNONYM_BREAKS.split(synonyms):
            tokens = exact_tokens(lay)
            key = _stems(tokens)
            if not key or not stems or key == stems:
                continue
            expansion = Expansion(term.strip(), stems, key)
            if len(tokens) == 1:
                forms.setdefault((singular(tokens[0]),), []).append(expansion)
                continue
            joined.setdefault("".join(tokens), lay.strip())
            if len(key) == 1:
                whole.setdefault(tuple(map(stem, tokens)), []).append(expansion)
            else:
                entries.setdefault(key, []).append(expansion)
    longest = max(map(len, (*entries, *whole, *forms)), default=0)
    return Glossary(_freeze(entries), _freeze(forms), _freeze(whole), joined, longest)


def _freeze(entries: dict[Words, list[Expansion]]) -> dict[Words, tuple[Expansion, ...]]:
    return {key: tuple(found) for key, found in entries.items()}
