"""What the public already reads about each action of a commitment."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from wagtail.models import Page

from abierto.progress.figures import Value
from abierto.tenancy.visibility import filter_public

if TYPE_CHECKING:
    from pages.plans.commitment import CommitmentPage


@dataclass(frozen=True)
class LastFigure:
    """The last public figure of an action and the day it speaks of."""

    value: Value
    on: datetime.date | None


def last_figures(
    commitment: CommitmentPage, but: UUID | None = None, before: datetime.date | None = None
) -> dict[UUID, LastFigure]:
    """Return the last public figure of each action of ``commitment`` that has one. One query.

    ``but`` leaves out the update with that translation key; ``before``, those that end on that day or later.
    """
    updates = filter_public(Page.objects.child_of(commitment))
    rows = (
        apps.get_model("pages", "UpdateRow")
        .objects.filter(page__in=updates)
        .select_related("page")
        .order_by("page__period_end", "page__path", "sort_order")
    )
    if but is not None:
        rows = rows.exclude(page__translation_key=but)
    if before is not None:
        rows = rows.filter(page__period_end__lt=before)
    return {
        row.action_key: LastFigure(row.value, row.page.period_end) for row in rows if not row.value.is_missing
    }
