"""Result cards, for the page and the downloads: a hit with its current address and figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from pages.core.search import Kind
from pages.figures.display import FigureView
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage, find_statuses
from pages.plans.display import build_live_figure_view
from pages.plans.models import PlanPage
from search.query.results import Hit, SearchResults

from .labels import KIND_LABELS, Labels


@dataclass(frozen=True, slots=True)
class ResultCard:
    """One hit with its page; a commitment has a figure, a ruling its outcome."""

    hit: Hit
    page: Page
    url: str
    kind: str
    day: date | None = None
    figure: FigureView | None = None


def build_cards(
    results: SearchResults, pages: Mapping[int, Page], labels: Labels, request: HttpRequest
) -> list[ResultCard]:
    """Build the cards of the hits, in order, without pages that are no longer public."""
    shown = [pages[hit.group] for hit in results.hits if hit.group in pages]
    figures = _figures(shown, labels.plan_pages)
    return [
        ResultCard(
            hit=hit,
            page=pages[hit.group],
            url=_address(hit, pages[hit.group], request),
            kind=kind_name(hit),
            day=date.fromordinal(hit.date) if hit.date else None,
            figure=figures.get(hit.group),
        )
        for hit in results.hits
        if hit.group in pages
    ]


def kind_name(hit: Hit) -> str:
    """Return the kind of a hit with its code: «Compromiso 3.1»."""
    kind = Kind.parse(hit.kind)
    name = str(KIND_LABELS[kind]) if kind else ""
    return f"{name} {hit.code}".strip()


def _address(hit: Hit, page: Page, request: HttpRequest) -> str:
    """Return the current address of the page, at the passage only if the passage matched."""
    _path, mark, anchor = hit.url.partition("#")
    at_passage = mark and "<mark>" in hit.snippet
    return (page.get_url(request) or hit.url) + (f"#{anchor}" if at_passage else "")


def _figures(pages: list[Page], plans: Mapping[str, PlanPage]) -> dict[int, FigureView]:
    """Return the current figures of the commitments shown, by page, with one query."""
    commitments: list[CommitmentPage] = [
        page.commitmentpage for page in pages if getattr(page, "commitmentpage", None) is not None
    ]
    if not commitments:
        return {}
    figures = ProgressFigure.objects.by_key(page.translation_key for page in commitments)
    return {
        row.page.pk: build_live_figure_view(row.figure, row.status, row.page.title)
        for row in find_statuses(commitments, plans, figures, timezone.localdate())
        if row.plan.measures_progress and row.figure is not None
    }
