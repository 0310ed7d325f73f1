"""The one shape of an indexed document, for every engine and every kind of page.

A page gives one document, or several (passages) that share its `group`; a result is a group.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from itertools import chain

from search.query.analysis import analyse, clean, exact_tokens, grams, reference_key, stems


class Kind(StrEnum):
    """What a document is about. The value is indexed; the slug is what a citizen's address says."""

    PLAN = "plan"
    AXIS = "axis"
    COMMITMENT = "commitment"
    UPDATE = "update"
    REPORT = "report"
    SECRETARIAT = "secretariat"
    SESSION = "session"
    DECLARATION = "declaration"
    STANDARD = "standard"
    RULING = "ruling"

    @property
    def slug(self) -> str:
        """The word in the address: `?tipo=compromiso`."""
        return _KIND_SLUGS[self]

    @classmethod
    def parse(cls, text: str) -> Kind | None:
        """The kind named by its value or by its slug; None for anything else."""
        wanted = text.strip().lower()
        return next((kind for kind in cls if wanted in (kind.value, kind.slug)), None)


_KIND_SLUGS = {
    Kind.PLAN: "plan",
    Kind.AXIS: "eje",
    Kind.COMMITMENT: "compromiso",
    Kind.UPDATE: "avance",
    Kind.REPORT: "informe",
    Kind.SECRETARIAT: "secretariado",
    Kind.SESSION: "sesion",
    Kind.DECLARATION: "declaracion",
    Kind.STANDARD: "pagina",
    Kind.RULING: "sentencia",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One passage, ready for any engine: exact values, analysed words, and the source for snippets.

    `tribunal`, `matter`, `gender` (perspective), `audience` (priority groups), `versions` (in plain words, as
    an infographic) and `outcome` (what was decided) speak of rulings; `sdg` holds goals, not their targets.
    `page` holds every stem of all the passages once, on the first of them: pages are counted by it.
    """

    id: str
    group: int
    part: int
    parts: int
    kind: str
    locale: str
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
    year: str = ""
    versions: tuple[str, ...] = ()
    date: int = 0
    mark: int = 0
    text: str = ""
    name: str = ""
    plain: str = ""
    ng: str = ""
    exact: str = ""
    page: str = ""
    ref: tuple[str, ...] = ()
    src: str = ""
    title: str = ""
    code: str = ""
    trail: str = ""
    url: str = ""
    outcome: str = ""


# What a result can be filtered by: the same on every passage of a page.
FILTERS = (
    "kind",
    "locale",
    "space",
    "plan",
    "axis",
    "status",
    "institution",
    "municipality",
    "tribunal",
    "matter",
    "gender",
    "audience",
    "sdg",
    "year",
    "versions",
)
KEYWORD_FIELDS = ("id", *FILTERS, "ref")
NUMBER_FIELDS = ("group", "part", "parts", "date", "mark")
TOKEN_FIELDS = ("text", "name", "plain", "ng", "exact")
PAGE_FIELD, PAGE_STEMS = "page", ("text", "plain")  # the stems of these fields, of the whole page
POSITION_FIELDS = frozenset({"text", "exact"})
STORED_FIELDS = ("id", "kind", "locale", "src", "title", "code", "trail", "url", "outcome")
FILTER_FIELDS = frozenset(FILTERS)

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
TAKEN_AS_THEY_ARE = ("group", "code", *(name for name in FILTERS if name not in ("kind", "year")))

SCHEMA_VERSION = hashlib.sha256(
    repr([(field.name, field.type) for field in fields(Document)]).encode()
    + repr([KEYWORD_FIELDS, NUMBER_FIELDS, TOKEN_FIELDS, sorted(POSITION_FIELDS), STORED_FIELDS]).encode()
).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a page: its heading, its words, and where on the page it stands (`#anchor`, or nothing)."""

    text: str
    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a page says about itself before analysis; `documents_of` turns it into documents.

    `year` is that of its day, unless it is said.
    """

    group: int
    kind: Kind
    locale: str
    title: str
    url: str
    passages: Sequence[Passage]
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
    versions: tuple[str, ...] = ()
    day: date | None = None
    year: int | None = None
    trail: tuple[str, ...] = ()
    code: str = ""
    plain: str = ""
    ref: tuple[str, ...] = ()
    outcome: str = ""


def documents_of(source: Source) -> list[Document]:
    """The documents of one page, one per passage; a page without text still has one, for its title."""
    passages = list(source.passages) or [Passage("")]
    documents = [_document(source, passage, part, len(passages)) for part, passage in enumerate(passages)]
    documents[0] = replace(documents[0], page=_joined(_stems_of(documents)))
    return [replace(document, mark=_mark(document)) for document in documents]


def fingerprint(documents: Iterable[Document]) -> int:
    """What a group says, as a number: the index is stale where the database gives another one."""
    return sum(document.mark for document in documents)


def _mark(document: Document) -> int:
    return zlib.crc32(repr(document).encode())


def _document(source: Source, passage: Passage, part: int, parts: int) -> Document:
    body = clean(passage.text)
    whole = "\n".join(filter(None, [source.code, source.title, passage.heading, body]))
    # The breadcrumb counts half, with what is said of the whole page: else a short update comes before the
    # very commitment whose title it carries.
    words, trail = exact_tokens(whole), exact_tokens("\n".join(source.trail))
    keys = [source.code, *source.ref]
    year = _year(source)
    return Document(
        id=f"{source.group}.{part}",
        part=part,
        parts=parts,
        kind=source.kind.value,
        year=str(year) if year else "",
        date=source.day.toordinal() if source.day else 0,
        text=_joined(stems(words)),
        name=_joined(analyse(f"{source.code} {source.title}")),
        plain=_joined([*stems(trail), *analyse(f"{source.plain} {_month(source)}")]),
        ng=_joined(grams(words)),
        exact=_joined([*trail, *words]),
        ref=tuple(dict.fromkeys(key for text in keys if (key := reference_key(text)))),
        src=body,
        title=clean(source.title),
        trail=" › ".join(source.trail),
        url=source.url + (f"#{passage.anchor}" if passage.anchor else ""),
        outcome=clean(source.outcome),
        **{name: getattr(source, name) for name in TAKEN_AS_THEY_ARE},
    )


def _stems_of(documents: Iterable[Document]) -> list[str]:
    """Every stem that some passage is found by, once."""
    words = (getattr(document, name).split() for document in documents for name in PAGE_STEMS)
    return sorted(set(chain.from_iterable(words)))


def _month(source: Source) -> str:
    """When, as people ask for it: «diciembre 2023», or the year alone."""
    if source.day and source.locale.startswith("es"):
        return f"{MONTHS[source.day.month - 1]} {source.day.year}"
    return str(_year(source) or "")


def _year(source: Source) -> int | None:
    return source.year or (source.day.year if source.day else None)


def _joined(tokens: Iterable[str]) -> str:
    return " ".join(tokens)
