"""Build the documents of pages: the content that each page type declares, with data of its ancestors."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import batched
from urllib.parse import quote

from django.db.models import Case, When
from django.utils import timezone
from wagtail.models import Locale, Page, get_page_models

from abierto.progress.enums import Pace
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import SpaceRoot
from abierto.tenancy.tree_paths import ancestor_paths, branch_paths, parent_path
from abierto.tenancy.visibility import filter_public
from pages.core.base import BasePage
from pages.core.search import Passage, SearchContent, SearchKind
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage, CommitmentStatus, find_plan_path, find_statuses
from pages.plans.models import PlanPage
from search.query.kinds import LATE
from search.query.references import title_references

from .institutions import institution_groups, iter_institution_documents
from .institutions import page_ids as pages_among
from .schema import Document, build_documents

# The words for a pace that are indexed with the page.
PACE_WORDS = {
    Pace.DONE.value: "cumplido cumplió cumplieron completo terminado",
    Pace.LOW.value: "atrasado rezagado",
    LATE: "atrasado retrasado",
}


def find_paces(pages: Sequence[Page]) -> dict[int, tuple[str, ...]]:
    """Return the pace of each commitment, and «late» for a late report. Two queries at most."""
    commitments = [page for page in pages if isinstance(page, CommitmentPage)]
    if not commitments:
        return {}
    paths = {find_plan_path(page) for page in commitments}
    plans = {plan.path: plan for plan in PlanPage.objects.filter(path__in=paths)}
    figures = ProgressFigure.objects.by_key(page.translation_key for page in commitments)
    found = find_statuses(commitments, plans, figures, timezone.localdate())
    return {row.page.pk: _values(row) for row in found if row.plan.measures_progress}


def list_pace_words(paces: Sequence[str]) -> str:
    """Return the words for these paces."""
    return " ".join(PACE_WORDS[pace] for pace in paces if pace in PACE_WORDS)


def _values(row: CommitmentStatus) -> tuple[str, ...]:
    return (row.status.pace.value, *([LATE] if row.status.is_late else []))


CHUNK = 100


def get_search_kind(model: type[Page]) -> SearchKind | None:
    """Return the kind that the page type itself declares: a subclass does not inherit it."""
    kind: SearchKind | None = vars(model).get("search_kind")
    return kind


def list_searchable_types() -> list[type[Page]]:
    """Return the page types that the search includes."""
    return [model for model in get_page_models() if get_search_kind(model) is not None]


def iter_group_documents(groups: Collection[int]) -> Iterator[tuple[int, list[Document]]]:
    """Yield the groups that are public now (pages and institutions) with their documents."""
    yield from iter_page_documents(pages_among(groups))
    yield from iter_institution_documents(groups)


def iter_page_documents(page_ids: Collection[int]) -> Iterator[tuple[int, list[Document]]]:
    """Yield the pages that are public now with their documents."""
    portal = _read_portal()
    for ids in batched(page_ids, CHUNK):
        pages = list(filter_public(Page.objects.filter(pk__in=ids)).specific())
        places = _with_ancestors(portal, pages)
        for page in pages:
            if isinstance(page, BasePage) and get_search_kind(type(page)) is not None:
                yield page.pk, build_documents(_content(page, places))


def list_indexable_groups() -> list[int]:
    """Return the groups that may have documents: pages, then institutions."""
    return [*list_indexable_ids(), *institution_groups()]


def list_indexable_groups_between(first: int, until: int) -> list[int]:
    """Return the groups from ``first`` to ``until``, excluding it, that may have documents."""
    pages = Page.objects.live().exact_type(*list_searchable_types()).filter(pk__gte=first, pk__lt=until)
    institutions = (group for group in institution_groups() if first <= group < until)
    return [*pages.order_by("path").values_list("pk", flat=True), *institutions]


def list_indexable_ids() -> list[int]:
    """Return the ids of the live pages of every searchable type, in tree order."""
    pages = Page.objects.live().exact_type(*list_searchable_types())
    return list(pages.order_by("path").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class _Places:
    """The values that pages inherit from ancestors, by tree path, and the language codes by locale id."""

    spaces: Mapping[str, str]
    municipalities: Mapping[str, str]
    locales: Mapping[int, str]
    titles: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)
    plans: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    proposals: Mapping[str, bool] = field(default_factory=dict)
    axes: Mapping[str, str] = field(default_factory=dict)
    paces: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def _content(page: BasePage, places: _Places) -> SearchContent:
    """Complete the content that the page type declares with data of the page and its ancestors."""
    content = page.search_document()
    day = content.day or page.source_date
    above = ancestor_paths(page.path)
    upwards = [page.path, *reversed(above)]
    plan = _nearest(places.plans, upwards) or ""
    axis = _nearest(places.axes, upwards)
    kind = get_search_kind(type(page))
    if kind is SearchKind.COMMITMENT and _nearest(places.proposals, upwards):
        kind = SearchKind.LINE
    paces = places.paces.get(page.pk, ())
    return replace(
        content,
        day=day,
        ref=_references(content, kind, page.title),
        words=list_pace_words(paces),
        pace=paces,
        passages=split_passages(content.passages),
        group=page.pk,
        family=places.ids.get(parent_path(page.path), 0) if kind is SearchKind.UPDATE else 0,
        kind=kind,
        locale=places.locales[page.locale_id],
        title=page.title,
        url=page.get_url() or "",
        space=_nearest(places.spaces, upwards) or "",
        plan=plan,
        axis=f"{plan}.{axis}" if axis else "",
        status=_nearest(places.statuses, upwards) or "",
        municipality=content.municipality or _nearest(places.municipalities, upwards) or "",
        # A commitment without dates belongs to the year in which its plan begins, where that is known.
        year=_nearest(places.years, upwards) if kind is SearchKind.COMMITMENT and not day else None,
        trail=tuple(places.titles[path] for path in above if path in places.titles),
    )


def _references(content: SearchContent, kind: SearchKind | None, title: str) -> tuple[str, ...]:
    """Return the references of a page; a line of action of a work plan is not called a commitment."""
    if kind is SearchKind.PLAN:
        return (*content.ref, *title_references(title))
    if kind is not SearchKind.LINE:
        return content.ref
    return tuple(f"línea {content.code}" if ref.startswith("compromiso ") else ref for ref in content.ref)


def _nearest[Value](values: Mapping[str, Value], paths: Sequence[str]) -> Value | None:
    return next((values[path] for path in paths if path in values), None)


def _read_portal() -> _Places:
    """Read the data that all pages share: the roots of the spaces and the languages."""
    # «Coroneo», not «Municipio de Coroneo»: a filter is labelled «Municipio». Only a public row is named.
    row = "space__municipality_link__municipality"
    town = Case(When(**{f"{row}__live": True}, then=f"{row}__name"), default="space__name")
    roots = list(SpaceRoot.objects.values_list("page__path", "space__slug", "space__kind", town))
    return _Places(
        spaces={path: slug for path, slug, _kind, _name in roots},
        municipalities={path: name for path, _, kind, name in roots if kind == SpaceKind.MUNICIPALITY},
        locales=dict(Locale.objects.values_list("pk", "language_code")),
    )


def _with_ancestors(places: _Places, pages: Sequence[Page]) -> _Places:
    """Add the data of the ancestors of these pages, with one query, and the paces of commitments."""
    paths = {path for page in pages for path in branch_paths(page.path)}
    above = Page.objects.filter(path__in=paths).exact_type(*list_searchable_types())
    rows = list(above.select_related("planpage", "axispage"))
    plans = {page.path: page.planpage for page in rows if hasattr(page, "planpage")}
    return replace(
        places,
        titles={page.path: page.title for page in rows},
        ids={page.path: page.pk for page in rows},
        plans={path: plan.key for path, plan in plans.items()},
        statuses={path: plan.status_today.value for path, plan in plans.items()},
        years={path: year for path, plan in plans.items() if (year := plan.known_start_year)},
        proposals={path: not plan.measures_progress for path, plan in plans.items()},
        axes={page.path: page.axispage.code for page in rows if hasattr(page, "axispage")},
        paces=find_paces(pages),
    )


SIZE = 1200  # characters; only a passage of a single sentence is longer

_SENTENCE_END = re.compile(r"(?<=[.!?…;:])[^\S\n]+|\s*\n\s*")
_FRAGMENT_WORDS = 6


def split_passages(sections: Iterable[Passage], size: int = SIZE) -> list[Passage]:
    """Pack sections into passages: join small neighbours, cut long sections between sentences.

    A section with an anchor starts a passage of its own, so that a result can link to it.
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
        if text or section.heading or section.labels:
            yield replace(section, text=text)
        return
    anchor, labels, start, end = section.anchor, section.labels, 0, 0
    for found in (*_SENTENCE_END.finditer(text), None):
        until = found.start() if found else len(text)
        if end and until - start > size:
            yield Passage(text[start:end].strip(), section.heading, anchor, labels)
            start, labels = end, ""
            anchor = _text_anchor(section.anchor, text[start:])
        end = until
    yield Passage(text[start:].strip(), section.heading, anchor, labels)


def _text_anchor(anchor: str, text: str) -> str:
    """Return the anchor of a text within a section: a text fragment, which browsers scroll to."""
    words = " ".join(text.split()[:_FRAGMENT_WORDS])
    return f"{anchor}:~:text={quote(words, safe='').replace('-', '%2D')}"


def _fits(last: Passage, piece: Passage, size: int) -> bool:
    same_place = not piece.anchor or piece.anchor == last.anchor
    return same_place and len(last.text) + len(piece.text) < size


def _joined(last: Passage, piece: Passage) -> Passage:
    heading = last.heading
    if piece.heading and piece.heading != last.heading:
        heading = f"{last.heading}. {piece.heading}".strip(". ")
    labels = f"{last.labels}\n{piece.labels}".strip()
    return Passage(f"{last.text}\n{piece.text}".strip(), heading, last.anchor, labels)
