"""From pages to documents. Each page type declares how it is described, or is excluded by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import batched
from typing import Any

from wagtail.models import Locale, Page

from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import SpaceRoot
from abierto.tenancy.visibility import ancestor_paths, filter_public

from .schema import Document, Kind, Passage, Source, documents_of

CHUNK = 100

# Front doors: they repeat what the pages below them say.
EXCLUDED = frozenset({"pages.HomePage", "pages.PlanIndexPage"})


@dataclass(frozen=True, slots=True)
class Content:
    """What a page says about itself; its place in the tree is added to it."""

    sections: Sequence[Passage]
    code: str = ""
    day: date | None = None
    institution: tuple[str, ...] = ()
    municipality: str = ""
    tribunal: str = ""
    matter: str = ""
    gender: str = ""
    audience: tuple[str, ...] = ()
    sdg: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    plain: str = ""
    ref: tuple[str, ...] = ()
    outcome: str = ""


Describe = Callable[[Any], Content]


@dataclass(frozen=True, slots=True)
class Declaration:
    """How one page type is indexed."""

    kind: Kind
    describe: Describe


REGISTRY: dict[type[Page], Declaration] = {}


def documents_for(model: type[Page], kind: Kind) -> Callable[[Describe], Describe]:
    """Declare that pages of this type are indexed as the decorated function describes them."""

    def declare(describe: Describe) -> Describe:
        REGISTRY[model] = Declaration(kind, describe)
        return describe

    return declare


def documents_of_pages(page_ids: Collection[int]) -> Iterator[tuple[int, list[Document]]]:
    """Each page that the public may see now, with its documents; the others are left out."""
    everywhere = _everywhere()
    for ids in batched(page_ids, CHUNK):
        pages = list(filter_public(Page.objects.filter(pk__in=ids)).specific())
        places = _places(pages, everywhere)
        for page in pages:
            if type(page) in REGISTRY:
                yield page.pk, _documents(page, places)


def indexable_ids() -> list[int]:
    """Every live page of a declared type, in the order of the tree."""
    return list(
        Page.objects.live().type(*REGISTRY).order_by("path").values_list("pk", flat=True) if REGISTRY else ()
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """What the pages above say, by path: whose space, titles, plans and axes; and the languages, by id."""

    spaces: Mapping[str, str]
    municipalities: Mapping[str, str]
    locales: Mapping[int, str]
    titles: Mapping[str, str] = field(default_factory=dict)
    plans: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    axes: Mapping[str, str] = field(default_factory=dict)

    def year(self, upwards: Sequence[str]) -> int | None:
        """The year in which the plan begins that a page hangs from."""
        return next((self.years[path] for path in upwards if path in self.years), None)


def _documents(page: Page, places: _Places) -> list[Document]:
    declared = REGISTRY[type(page)]
    content = declared.describe(page)
    above = ancestor_paths(page.path)
    upwards = [page.path, *reversed(above)]
    plan = _nearest(places.plans, upwards)
    axis = _nearest(places.axes, upwards)
    said = {one.name: getattr(content, one.name) for one in fields(content) if one.name != "sections"}
    municipality = content.municipality or _nearest(places.municipalities, upwards)
    return documents_of(
        Source(
            group=page.pk,
            kind=declared.kind,
            locale=places.locales[page.locale_id],
            title=page.title,
            url=page.get_url() or "",
            passages=split(content.sections),
            space=_nearest(places.spaces, upwards),
            plan=plan,
            axis=f"{plan}.{axis}" if axis else "",
            status=_nearest(places.statuses, upwards),
            # A promise without dates of its own is one of its plan's; what is dated says so itself.
            year=places.year(upwards) if declared.kind is Kind.COMMITMENT and not content.day else None,
            trail=tuple(places.titles[path] for path in above if path in places.titles),
            **(said | {"municipality": municipality}),
        )
    )


def _nearest(values: Mapping[str, str], paths: Sequence[str]) -> str:
    return next((values[path] for path in paths if path in values), "")


def _places(pages: Sequence[Page], places: _Places) -> _Places:
    """The same with what the pages above these ones say; one query."""
    paths = {path for page in pages for path in (*ancestor_paths(page.path), page.path)}
    above = Page.objects.filter(path__in=paths).type(*REGISTRY)
    names = ("path", "title", "slug", "planpage__status", "planpage__period_start", "axispage__code")
    rows = list(above.values_list(*names))
    return replace(
        places,
        titles={path: title for path, title, *_ in rows},
        plans={path: slug for path, _, slug, status, *_ in rows if status is not None},
        statuses={path: status for path, _, _, status, *_ in rows if status is not None},
        years={path: start.year for path, *_, start, _ in rows if start is not None},
        axes={path: code for path, *_, code in rows if code is not None},
    )


def _everywhere() -> _Places:
    """What is asked once for all pages: the roots of the spaces, and the languages."""
    roots = list(SpaceRoot.objects.values_list("page__path", "space__slug", "space__kind", "space__name"))
    return _Places(
        spaces={path: slug for path, slug, _kind, _name in roots},
        municipalities={path: name for path, _, kind, name in roots if kind == SpaceKind.MUNICIPALITY},
        locales=dict(Locale.objects.values_list("pk", "language_code")),
    )


SIZE = 1200  # characters; a piece may be shorter, and is longer only when one sentence is

_SENTENCE_END = re.compile(r"(?<=[.!?…;:])\s+")


def split(sections: Iterable[Passage], size: int = SIZE) -> list[Passage]:
    """The sections packed into passages: small neighbours together, long ones in several.

    A section with an anchor starts a passage of its own, so that a result can lead straight to it.
    """
    passages: list[Passage] = []
    for section in sections:
        for piece in _pieces(section, size):
            if passages and _fits(passages[-1], piece, size):
                passages[-1] = _joined(passages[-1], piece)
            else:
                passages.append(piece)
    return passages


def _pieces(section: Passage, size: int) -> Iterator[Passage]:
    text = section.text.strip()
    if len(text) <= size:
        if text or section.heading:
            yield Passage(text, section.heading, section.anchor)
        return
    lines: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        if lines and sum(map(len, lines)) + len(lines) + len(sentence) > size:
            yield Passage(" ".join(lines), section.heading, section.anchor)
            lines = []
        lines.append(sentence)
    yield Passage(" ".join(lines), section.heading, section.anchor)


def _fits(last: Passage, piece: Passage, size: int) -> bool:
    same_place = not piece.anchor or piece.anchor == last.anchor
    return same_place and len(last.text) + len(piece.text) < size


def _joined(last: Passage, piece: Passage) -> Passage:
    heading = last.heading
    if piece.heading and piece.heading != last.heading:
        heading = f"{last.heading}. {piece.heading}".strip(". ")
    return Passage(f"{last.text}\n{piece.text}".strip(), heading, last.anchor)
