"""The indexed document: the same fields for every engine and every page type.

A page has one document per passage. They share its `group`, the page id; a search result is a group.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from pages.core.search import FilterValues, Passage, SearchContent
from search.query.analysis import analyse, clean, exact_tokens, grams, stems
from search.query.kinds import KIND_WORDS, kind_tokens
from search.query.references import indexed_keys


@dataclass(frozen=True, slots=True)
class Document(FilterValues):
    """One passage: its filter values, its analysed words, and the source text of its snippets.

    `page` has each stem of `text`, `plain` and `name` of the whole page once, in the document of its first
    passage: pages are counted by it. `said` is the source of `plain`, for
    snippets. `family` is the group of the commitment of an update. `mark` is the checksum of the document.
    """

    id: str
    group: int
    part: int
    parts: int
    kind: str
    locale: str
    year: str = ""
    date: int = 0
    family: int = 0
    mark: int = 0
    text: str = ""
    name: str = ""
    plain: str = ""
    ng: str = ""
    exact: str = ""
    page: str = ""
    ref: tuple[str, ...] = ()
    src: str = ""
    said: str = ""
    title: str = ""
    code: str = ""
    trail: str = ""
    url: str = ""
    outcome: str = ""


FILTER_VALUES = tuple(field.name for field in fields(FilterValues))
FILTERS = ("kind", "locale", "year", *FILTER_VALUES)  # equal in every document of a page
KEYWORD_FIELDS = ("id", *FILTERS, "ref")
NUMBER_FIELDS = ("group", "part", "parts", "date", "family", "mark")
TOKEN_FIELDS = ("text", "name", "plain", "ng", "exact")
PAGE_FIELD, PAGE_STEMS = "page", ("text", "plain", "name")  # the stems of these fields, of the whole page
PAGE_MARKS = {"text": "", "plain": "~", "name": "^"}  # before each of these stems in the page field
POSITION_FIELDS = frozenset({"text", "exact"})
STORED_FIELDS = ("id", "kind", "locale", "src", "said", "title", "code", "trail", "url", "outcome")
FILTER_FIELDS = frozenset(FILTERS)

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
COPIED_FIELDS = ("group", "family", "code", "locale", *FILTER_VALUES)  # from SearchContent, without analysis

SCHEMA_VERSION = hashlib.sha256(
    repr([(field.name, field.type) for field in fields(Document)]).encode()
    + repr([KEYWORD_FIELDS, NUMBER_FIELDS, TOKEN_FIELDS, sorted(POSITION_FIELDS), STORED_FIELDS]).encode()
    + repr([PAGE_MARKS, KIND_WORDS]).encode()
).hexdigest()[:16]


def build_documents(content: SearchContent) -> list[Document]:
    """Build the documents of a page, one per passage; a page without text has one for its title."""
    passages = list(content.passages) or [Passage("")]
    documents = [_document(content, passage, part, len(passages)) for part, passage in enumerate(passages)]
    documents[0] = replace(documents[0], page=_joined(_stems_of(documents)))
    return [replace(document, mark=_mark(document)) for document in documents]


def fingerprint(documents: Iterable[Document]) -> int:
    """Return the checksum of a group: its index entry is stale where the database gives another one."""
    return sum(document.mark for document in documents)


def _mark(document: Document) -> int:
    return zlib.crc32(repr(document).encode())


def _document(content: SearchContent, passage: Passage, part: int, parts: int) -> Document:
    body = clean(passage.text)
    whole = "\n".join(filter(None, [content.code, content.title, passage.heading, body, passage.labels]))
    # The breadcrumb counts half: else a short update ranks above the commitment in its breadcrumb.
    words, trail = exact_tokens(whole), exact_tokens("\n".join(content.trail))
    name = f"{content.code} {content.title}"
    if content.is_found_by_reference:
        words, name = [], ""
    keys = [content.code, *content.ref]
    year = _year(content)
    return Document(
        id=f"{content.group}.{part}",
        part=part,
        parts=parts,
        kind=content.kind.value if content.kind else "",
        year=str(year) if year else "",
        date=content.day.toordinal() if content.day else 0,
        text=_joined(stems(words)),
        name=_joined(analyse(name)),
        plain=_joined([*stems(trail), *_plain_words(content)]),
        ng=_joined(grams(words)),
        exact=_joined([*trail, *words]),
        ref=tuple(dict.fromkeys(key for text in keys for key in indexed_keys(text))),
        src=body,
        said=clean(content.plain),
        title=clean(content.title),
        trail=clean(" › ".join(content.trail)),
        url=content.url + (f"#{passage.anchor}" if passage.anchor else ""),
        outcome=clean(content.outcome),
        **{name: getattr(content, name) for name in COPIED_FIELDS},
    )


def page_token(field: str, stem: str) -> str:
    """Return a stem of one of the `PAGE_STEMS` as the page field stores it."""
    return PAGE_MARKS[field] + stem


def _stems_of(documents: Iterable[Document]) -> list[str]:
    """Return the stems of all passages, each once for each field."""
    return sorted(
        {
            page_token(name, stem)
            for document in documents
            for name in PAGE_STEMS
            for stem in getattr(document, name).split()
        }
    )


def _plain_words(content: SearchContent) -> list[str]:
    """Return the stems of the page's description beside its passages, with its date and its kind."""
    return [*analyse(f"{content.plain} {content.words} {_month(content)}"), *_kind_of(content)]


def _kind_of(content: SearchContent) -> list[str]:
    """Return the names of its kind, which are Spanish, and its mark."""
    tokens = kind_tokens(content.kind)
    return tokens if content.locale.startswith("es") else tokens[:1]


def _month(content: SearchContent) -> str:
    """Return the date as visitors type it: «diciembre 2023», or the year alone."""
    if content.day and content.locale.startswith("es"):
        return f"{MONTHS[content.day.month - 1]} {content.day.year}"
    return str(_year(content) or "")


def _year(content: SearchContent) -> int | None:
    return content.year or (content.day.year if content.day else None)


def _joined(tokens: Iterable[str]) -> str:
    return " ".join(tokens)
