"""The public trace: reporter, approver, date and comment of each decision."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from wagtail.models import Page, Site

from abierto.approval.models import Approval, ApprovalKind

from .public_names import annotate_names, public_approver, public_reporter

PUBLISHING_KINDS = frozenset(
    {ApprovalKind.REVIEW, ApprovalKind.IMPORT, ApprovalKind.EMERGENCY, ApprovalKind.INHERITED}
)
"""The kinds of decisions that make the version they name public."""


@dataclass(frozen=True)
class TraceEntry:
    """One decision about a page, as the public reads it. Names are empty if unknown."""

    kind: ApprovalKind
    reporter: str
    approver: str
    on: datetime.datetime
    comment: str
    revision_number: int | None

    @property
    def label(self) -> str:
        """Return the label of the decision."""
        return str(self.kind.label)


def build_trace_entry(row: Approval) -> TraceEntry:
    """Return a row of the ledger as the public reads it."""
    return TraceEntry(
        kind=ApprovalKind(row.kind),
        reporter=public_reporter(row),
        approver=public_approver(row),
        on=row.created_at,
        comment=row.comment,
        revision_number=row.revision_number,
    )


def load_public_trace(page: models.Model, site: Site | None = None) -> list[TraceEntry]:
    """Return every decision about ``page``, the latest first. One query, whatever the page."""
    return [build_trace_entry(row) for row in annotate_names(Approval.objects.of(page), site)]


def load_live_decision(page: Page, site: Site | None = None) -> TraceEntry | None:
    """Return the decision that made the live version of ``page``, or its alias source, public. One query."""
    source = getattr(page, "alias_of_id", None)
    if source is None:
        version: models.Subquery | Value = Value(page.live_revision_id, models.BigIntegerField())
    else:
        version = models.Subquery(Page.objects.filter(pk=source).values("live_revision")[:1])
    rows = Approval.objects.of(Page(pk=source or page.pk)).filter(live_version_condition(version))
    row = annotate_names(rows, site).first()
    return None if row is None else build_trace_entry(row)


def known_decisions(request: HttpRequest) -> dict[int, TraceEntry | None]:
    """Return the decisions that were read in this request, by page; a view may add those that it reads."""
    known: dict[int, TraceEntry | None] = request.__dict__.setdefault("_abierto_trace", {})
    return known


def find_live_decision(page: Page, rows: Iterable[Approval]) -> TraceEntry | None:
    """Find the decision of :func:`load_live_decision` among all ``rows`` about a page that is no alias."""
    version = page.live_revision_id
    live = [
        row
        for row in rows
        if row.kind in PUBLISHING_KINDS and (version is None or row.revision_number in (None, version))
    ]
    return build_trace_entry(max(live, key=lambda row: row.pk)) if live else None


def live_version_condition(version: models.Subquery | OuterRef | Coalesce | Value) -> Q:
    """Return the condition of decisions about versions that are not waiting for their date.

    A row without a number is about content without versions. With no live version known, any will do.
    """
    is_live = Q(revision_number__isnull=True) | Q(revision_number=Coalesce(version, F("revision_number")))
    return Q(kind__in=PUBLISHING_KINDS) & is_live
