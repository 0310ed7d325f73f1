"""Propose the rows of a progress update, from the last public figure of each action."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page
from wagtail.query import PageQuerySet

from abierto.progress.figures import MISSING, Value
from abierto.tenancy.visibility import filter_public
from pages.core.formatting import percent
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction

from .inlines import UpdateRow


@dataclass(frozen=True)
class LastFigure:
    """The last public figure of an action and the end of its period."""

    value: Value
    on: datetime.date | None


def read_last_figures(
    commitment: CommitmentPage, excluding: UUID | None = None, before: datetime.date | None = None
) -> dict[UUID, LastFigure]:
    """Return the last public figure of each action of ``commitment`` that has one. One query.

    ``excluding`` is the translation key of an update to leave out. With ``before``, only periods that
    ended before that day count.
    """
    return find_last_figures(filter_public(Page.objects.child_of(commitment)), excluding, before)


def find_last_figures(
    updates: PageQuerySet, excluding: UUID | None = None, before: datetime.date | None = None
) -> dict[UUID, LastFigure]:
    """Return the last figure of each action among ``updates``. One query."""
    rows = (
        UpdateRow.objects.filter(page__in=updates)
        .select_related("page")
        .order_by("page__period_end", "page__path", "sort_order", "pk")
    )
    if excluding is not None:
        rows = rows.exclude(page__translation_key=excluding)
    if before is not None:
        rows = rows.filter(page__period_end__lt=before)
    return {
        row.action_key: LastFigure(row.value, row.page.period_end) for row in rows if not row.value.is_missing
    }


def write_value(value: Value) -> str:
    """Format a value: «30 %», «En diseño», or nothing when it is missing."""
    return value.stage if value.percent is None else percent(value.percent)


def propose_rows(commitment: CommitmentPage) -> list[UpdateRow]:
    """Return an unsaved row for each action of ``commitment``, with its last public figure.

    Notes and evidence are not copied: they belong to the period in which they were reported.
    """
    known = read_last_figures(commitment)
    rows = []
    for order, action in enumerate(commitment.actions.all()):
        last = known.get(action.translation_key)
        row = build_row(action, commitment, order)
        value = last.value if last else MISSING
        row.percent, row.stage = value.percent, value.stage
        rows.append(row)
    return rows


def build_row(action: CommitmentAction, commitment: CommitmentPage, order: int) -> UpdateRow:
    """Return an unsaved row without a value."""
    return UpdateRow(action_key=action.translation_key, sort_order=order, locale=commitment.locale)
