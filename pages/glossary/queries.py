"""Read the public terms of the glossary that have a definition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.text import slugify

from abierto.registry.models import GlossaryTerm
from pages.core.cache import cached_for_version


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term with its definition and the words that people use for it."""

    term: str
    definition: str
    synonyms: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the term on the page of the glossary."""
        return anchor_of(self.term)

    @property
    def url(self) -> str:
        """The address of the term."""
        return f"{reverse('pages:glossary')}#{self.anchor}"

    @property
    def letter(self) -> str:
        """The letter under which the term is listed, without accents."""
        return slugify(self.term)[:1].upper()


def anchor_of(term: str) -> str:
    """Return the id of a term; the prefix separates it from the ids of the page."""
    return f"t-{slugify(term)}"


def defined_terms() -> tuple[DefinedTerm, ...]:
    """Return the terms with a definition in alphabetic order, cached until a public change."""
    return cached_for_version("defined terms", _read_terms)


def _read_terms() -> tuple[DefinedTerm, ...]:
    rows = GlossaryTerm.objects.public().exclude(definition="")
    found = [DefinedTerm(row.term, row.definition, tuple(row.synonyms)) for row in rows]
    return tuple(sorted(found, key=lambda term: slugify(term.term)))


def group_by_letter(terms: Iterable[DefinedTerm]) -> list[tuple[str, list[DefinedTerm]]]:
    """Return the terms under their letters, from A to Z."""
    return [(letter, list(found)) for letter, found in groupby(terms, key=lambda term: term.letter)]
