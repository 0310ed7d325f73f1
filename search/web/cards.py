"""Result cards, for the page and the downloads: a hit with its current address and figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from abierto.registry.models import Institution
from abierto.tenancy.tree_paths import parent_path
from pages.core.search import SearchKind
from pages.figures.display import FigureView
from pages.figures.models import ProgressFigure
from pages.institutions.queries import institution_url
from pages.plans.commitments import CommitmentPage, find_statuses
from pages.plans.display import build_live_figure_view
from pages.plans.models import PlanPage
from pages.rulings.models import RulingPage
from pages.rulings.sections import page_of_anchor
from search.indexing.institutions import Record
from search.query.results import Hit, SearchResults

from .labels import KIND_LABELS, Labels


@dataclass(frozen=True, slots=True)
class ResultCard:
    """One hit with its page or institution; a commitment has a figure, a ruling its outcome and finality.

    `page_number` is the page of the text of a ruling to which `url` leads.
    A commitment may hold its updates (`reports`) and the axis whose only commitment it is.
    """

    hit: Hit
    record: Record
    url: str
    kind: str
    day: date | None = None
    figure: FigureView | None = None
    ruling: RulingPage | None = None
    page_number: int | None = None
    reports: tuple[ResultCard, ...] = ()
    axis: ResultCard | None = None


def build_cards(
    results: SearchResults, records: Mapping[int, Record], labels: Labels, request: HttpRequest
) -> list[ResultCard]:
    """Build the cards of the hits, in order, without records that are no longer public."""
    shown = [records[hit.group] for hit in results.hits if hit.group in records]
    figures = _figures(shown, labels.plan_pages)
    return [
        _build_card(hit, records[hit.group], figures.get(hit.group), request)
        for hit in results.hits
        if hit.group in records
    ]


def _build_card(hit: Hit, record: Record, figure: FigureView | None, request: HttpRequest) -> ResultCard:
    url = _address(hit, record, request)
    ruling = getattr(record, "rulingpage", None)
    return ResultCard(
        hit=hit,
        record=record,
        url=url,
        kind=kind_name(hit),
        day=date.fromordinal(hit.date) if hit.date else None,
        figure=figure,
        ruling=ruling,
        page_number=page_of_anchor(url.rpartition("#")[2]) if ruling is not None else None,
    )


def group_families(cards: Sequence[ResultCard]) -> list[ResultCard]:
    """Return one card for each commitment with those of its updates and its axis that are among the cards.

    A family takes the place of its first card. An axis is nested only if it has a single commitment.
    """
    heads = {_path(card): card for card in cards if card.hit.kind == SearchKind.COMMITMENT}
    families: dict[str, list[ResultCard]] = {}
    for card in cards:
        families.setdefault(_family(card, heads), []).append(card)
    return [_family_card(heads.get(path), members) for path, members in families.items()]


def _family(card: ResultCard, heads: Mapping[str, ResultCard]) -> str:
    """Return the tree path of the head of the family of this card."""
    path = _path(card)
    if card.hit.kind == SearchKind.UPDATE and parent_path(path) in heads:
        return parent_path(path)
    if card.hit.kind == SearchKind.AXIS and getattr(card.record, "numchild", 0) == 1:
        return next((head for head in heads if parent_path(head) == path), path)
    return path


def _path(card: ResultCard) -> str:
    """Return the tree path of a page; for an institution, which has no family, a unique text."""
    return f"group {card.hit.group}" if isinstance(card.record, Institution) else card.record.path


def _family_card(head: ResultCard | None, members: Sequence[ResultCard]) -> ResultCard:
    if head is None:
        return members[0]
    reports = tuple(card for card in members if card.hit.kind == SearchKind.UPDATE)
    axis = next((card for card in members if card.hit.kind == SearchKind.AXIS), None)
    return replace(head, reports=reports, axis=axis)


def kind_name(hit: Hit) -> str:
    """Return the kind of a hit with its code: «Compromiso 3.1»."""
    kind = SearchKind.parse(hit.kind)
    name = str(KIND_LABELS[kind]) if kind else ""
    return f"{name} {hit.code}".strip()


def record_address(record: Record, request: HttpRequest) -> str:
    """Return the current address of a page or an institution; empty for a page outside of the site."""
    if isinstance(record, Institution):
        return institution_url(record)
    return record.get_url(request) or ""


def _address(hit: Hit, record: Record, request: HttpRequest) -> str:
    """Return the current address of the record, at the passage only if the passage matched."""
    _path, mark, anchor = hit.url.partition("#")
    at_passage = mark and "<mark>" in hit.snippet
    return (record_address(record, request) or hit.url) + (f"#{anchor}" if at_passage else "")


def _figures(records: list[Record], plans: Mapping[str, PlanPage]) -> dict[int, FigureView]:
    """Return the current figures of the commitments shown, by page, with one query."""
    commitments: list[CommitmentPage] = [
        record.commitmentpage for record in records if getattr(record, "commitmentpage", None) is not None
    ]
    if not commitments:
        return {}
    figures = ProgressFigure.objects.by_key(page.translation_key for page in commitments)
    return {
        row.page.pk: build_live_figure_view(row.figure, row.status, row.page.title)
        for row in find_statuses(commitments, plans, figures, timezone.localdate())
        if row.plan.measures_progress and row.figure is not None
    }
