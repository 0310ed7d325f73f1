"""The public trace: who reported, who approved, when, with what comment."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce
from wagtail.models import Page, Site

from abierto.approval.models import Approval, Kind

from .public_names import approver_of, reporter_of, told

PUBLISHES = frozenset({Kind.REVIEW, Kind.IMPORT, Kind.EMERGENCY, Kind.INHERITED})
"""The decisions by which the version that they name is public."""


@dataclass(frozen=True)
class TraceEntry:
    """One decision about a page, as the public reads it. Names are empty where nobody is known."""

    kind: Kind
    reporter: str
    approver: str
    on: datetime.datetime
    comment: str
    revision_number: int | None

    @property
    def label(self) -> str:
        """How the decision is called on screen."""
        return str(self.kind.label)


def entry_of(row: Approval) -> TraceEntry:
    """Return a row of the ledger as the public reads it."""
    return TraceEntry(
        kind=Kind(row.kind),
        reporter=reporter_of(row),
        approver=approver_of(row),
        on=row.created_at,
        comment=row.comment,
        revision_number=row.revision_number,
    )


def public_trace(page: models.Model, site: Site | None = None) -> list[TraceEntry]:
    """Return every decision about ``page``, the latest first. One query, whatever the page."""
    return [entry_of(row) for row in told(Approval.objects.of(page), site)]


def decision_behind(page: Page, site: Site | None = None) -> TraceEntry | None:
    """Return the decision by which what ``page`` shows is public; of an alias, its source's. One query."""
    source = getattr(page, "alias_of_id", None) or page.pk
    live = Page.objects.filter(pk=source).values("live_revision")[:1]
    rows = Approval.objects.of(Page(pk=source)).filter(of_what_is_live(models.Subquery(live)))
    row = told(rows, site).first()
    return None if row is None else entry_of(row)


def of_what_is_live(version: models.Subquery | OuterRef | Coalesce) -> Q:
    """Return the condition of the decisions that are not about a version that still waits for its date.

    A row without a number is about content without versions. With no live version known, any will do.
    """
    is_live = Q(revision_number__isnull=True) | Q(revision_number=Coalesce(version, F("revision_number")))
    return Q(kind__in=PUBLISHES) & is_live
