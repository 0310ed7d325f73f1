"""Find the institutions that a query names: «IACIP», «secretaría de salud», «qué prometió la Universidad».

Institutions are matched by names only. Matched by single words, thirty short names of offices would be among
the results for «salud» or «mujeres».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .analysis import STOP_WORDS, exact_tokens, stem

MIN_NAME_WORDS = 2  # words that make part of a name


@dataclass(frozen=True, slots=True)
class InstitutionName:
    """The names of one institution: its acronym as one token, its full and its common name as stems."""

    pk: int
    acronym: str
    names: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, pk: int, acronym: str, names: Iterable[str]) -> InstitutionName:
        """Analyse the names as queries are."""
        stems = (_content_stems(exact_tokens(name)) for name in names)
        return cls(pk, "".join(exact_tokens(acronym)), tuple(filter(None, stems)))

    def is_named_in(self, tokens: Sequence[str]) -> bool:
        """Check for the acronym, a whole name or the beginning of one, or nothing but words of one."""
        stems = _content_stems(tokens)
        return self._is_acronym_in(tokens) or any(
            set(stems) >= set(name) or _holds_start(stems, name) or _is_part(stems, name)
            for name in self.names
        )

    def shares_word_with(self, tokens: Sequence[str]) -> bool:
        """Check for any word of the names, which is enough where only institutions are searched."""
        return self._is_acronym_in(tokens) or not set().union(*self.names).isdisjoint(_content_stems(tokens))

    def is_all_of(self, tokens: Sequence[str]) -> bool:
        """Check whether the query has only words of the names."""
        own = {stem(self.acronym)}.union(*self.names) if self.acronym else set[str]().union(*self.names)
        return own.issuperset(_content_stems(tokens))

    def _is_acronym_in(self, tokens: Sequence[str]) -> bool:
        return bool(self.acronym) and self.acronym in tokens


def reference_of_institution(pk: int) -> str:
    """Return the exact reference that an institution is indexed with."""
    return f"institucion.{pk}"


def _holds_start(stems: Sequence[str], name: Sequence[str]) -> bool:
    start = tuple(name[:MIN_NAME_WORDS])
    runs = (tuple(stems[at : at + MIN_NAME_WORDS]) for at in range(len(stems)))
    return len(start) == MIN_NAME_WORDS and start in runs


def _is_part(stems: Sequence[str], name: Sequence[str]) -> bool:
    """Check that all words are of the name, the first word of the name among them."""
    return len(stems) >= MIN_NAME_WORDS and name[0] in stems and set(stems) <= set(name)


def _content_stems(tokens: Iterable[str]) -> tuple[str, ...]:
    return _stems_of(tuple(tokens))


@lru_cache(maxsize=64)  # the words of one query are compared with every institution
def _stems_of(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem(token) for token in tokens if token not in STOP_WORDS)
