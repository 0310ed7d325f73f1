"""The search declaration of a page type: its kind and the content to index. Data only.

A page type sets ``search_kind`` and returns a ``SearchContent`` from ``search_document``; a page type that is
left out sets ``search_kind = None``. A subclass must state both again (system check search.E001).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from wagtail.blocks import StreamValue

from abierto.registry.models import Institution, Person
from blocks.links import LinkCardsBlock


class SearchKind(StrEnum):
    """The kind of a document. The value is indexed; the slug is used in public addresses."""

    PLAN = "plan"
    AXIS = "axis"
    COMMITMENT = "commitment"
    LINE = "line"  # of action, of a work plan
    UPDATE = "update"
    REPORT = "report"
    SECRETARIAT = "secretariat"
    SESSION = "session"
    DECLARATION = "declaration"
    MUNICIPALITY = "municipality"
    ROADMAP = "roadmap"
    STANDARD = "standard"
    INSTITUTION = "institution"  # a row of the registry, not a page
    RULING = "ruling"
    CALL = "call"
    CONSULTATION = "consultation"
    FORUM = "forum"
    TABLE = "table"  # of co-creation
    GOOD_PRACTICE = "good_practice"
    MATRIX = "matrix"  # of results
    PROBLEM_TREE = "problem_tree"
    OBSERVATION = "observation"  # of the guarantor, and its answers

    @property
    def slug(self) -> str:
        """Return the word used in addresses: ``?tipo=compromiso``."""
        return _KIND_SLUGS[self]

    @classmethod
    def parse(cls, text: str) -> SearchKind | None:
        """Return the kind with this value or slug; None for anything else."""
        wanted = text.strip().lower()
        return next((kind for kind in cls if wanted in (kind.value, kind.slug)), None)


_KIND_SLUGS = {
    SearchKind.PLAN: "plan",
    SearchKind.AXIS: "eje",
    SearchKind.COMMITMENT: "compromiso",
    SearchKind.LINE: "linea",
    SearchKind.UPDATE: "avance",
    SearchKind.REPORT: "informe",
    SearchKind.SECRETARIAT: "secretariado",
    SearchKind.SESSION: "sesion",
    SearchKind.DECLARATION: "declaracion",
    SearchKind.MUNICIPALITY: "municipio",
    SearchKind.ROADMAP: "hoja-de-ruta",
    SearchKind.STANDARD: "pagina",
    SearchKind.INSTITUTION: "institucion",
    SearchKind.RULING: "sentencia",
    SearchKind.CALL: "convocatoria",
    SearchKind.CONSULTATION: "consulta",
    SearchKind.FORUM: "foro",
    SearchKind.TABLE: "mesa",
    SearchKind.GOOD_PRACTICE: "buena-practica",
    SearchKind.MATRIX: "matriz",
    SearchKind.PROBLEM_TREE: "arbol",
    SearchKind.OBSERVATION: "observacion",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of a page: its heading, text and anchor (``#anchor``); `labels` are searched, not shown."""

    text: str
    heading: str = ""
    anchor: str = ""
    labels: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterValues:
    """The filter values of a page besides its kind, language and year. Each is a field of the index as well.

    `tribunal`, `matter`, `gender` (perspective), `audience` (priority groups), `versions` (plain language,
    infographic, easy read), `finality` and `ruling_outcome` describe rulings; `sdg` holds goals, not their
    targets. The index sets `space`, `plan`, `axis` and `status` from the ancestors of the page, and `pace`
    from the figure of a commitment.
    """

    space: str = ""
    plan: str = ""
    axis: str = ""
    status: str = ""
    institution: tuple[str, ...] = ()
    municipality: str = ""
    tribunal: str = ""
    matter: str = ""
    gender: str = ""
    audience: tuple[str, ...] = ()
    sdg: tuple[str, ...] = ()
    pace: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    finality: str = ""
    ruling_outcome: str = ""


@dataclass(frozen=True, slots=True)
class SearchContent(FilterValues):
    """The content of a page before analysis.

    The page type sets the first block of fields; the index adds the second from the page and its ancestors.
    `ref` has exact references («compromiso 3.1»); `plain` weighs half as much as the passages, and is shown
    when only it matched; `words` weighs the same and is never shown; `outcome` is the decision of a ruling.
    `year` is needed only where it is not that of `day`; `family` is the commitment of an update. A page with
    `is_found_by_reference` is not found by the words of its title and passages.
    """

    passages: Sequence[Passage]
    code: str = ""
    day: date | None = None
    plain: str = ""
    words: str = ""
    ref: tuple[str, ...] = ()
    outcome: str = ""
    is_found_by_reference: bool = False

    group: int = 0
    family: int = 0
    kind: SearchKind | None = None
    locale: str = ""
    title: str = ""
    url: str = ""
    year: int | None = None
    trail: tuple[str, ...] = ()


def join_texts(*texts: Any) -> Passage:
    """Join the texts that are not empty, one line each. Each line ends as a sentence: snippets join lines."""
    lines = (line for text in texts if text and (line := str(text).strip()))
    return Passage("\n".join(line if line[-1] in ".!?…:;" else f"{line}." for line in lines))


def join_distinct_texts(*texts: Any) -> Passage:
    """Join the texts as `join_texts` does, without those that another contains, as a text its summary."""
    prose = list(dict.fromkeys(line for text in texts if text and (line := str(text).strip())))
    return join_texts(
        *(text for text in prose if not any(text != other and text in other for other in prose))
    )


def set_anchor(anchor: str, passage: Passage) -> Passage:
    """Return the passage with the anchor of its heading on the page."""
    return replace(passage, anchor=anchor)


def split_sections(body: StreamValue) -> Iterator[Passage]:
    """Split the body of a page at its headings, each section with the anchor of its heading."""
    heading, anchor = "", ""
    lines: list[str] = []
    labels: list[str] = []
    for child in body:
        if child.block_type == "heading":
            yield Passage("\n".join(lines), heading, anchor, "\n".join(labels))
            heading, anchor, lines, labels = child.value.get("text") or "", child.value.anchor_id, [], []
        else:
            lines += child.block.get_searchable_content(child.value)
            if isinstance(child.block, LinkCardsBlock):
                labels += child.block.get_link_labels(child.value)
    yield Passage("\n".join(lines), heading, anchor, "\n".join(labels))


def list_block_texts(value: StreamValue) -> list[str]:
    """Return the searchable texts of every block of a stream."""
    return [text for child in value for text in child.block.get_searchable_content(child.value)]


def list_party_texts(institution: Institution | None, person: Person | None, post: str) -> tuple[Any, ...]:
    """Return the texts that identify a party: its institution with its acronym, the person, the post."""
    return institution, institution.acronym if institution else "", person, post


def list_institution_names(institutions: Iterable[Institution]) -> tuple[str, ...]:
    """Return the names of the institutions without duplicates."""
    return tuple(dict.fromkeys(institution.name for institution in institutions))
