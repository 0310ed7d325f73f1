"""The public trace: reporter, approver, date and comment of each decision."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce
from wagtail.models import Page, Site

from abierto.approval.models import Approval, ApprovalKind

from .public_names import annotate_names, public_approver, public_reporter

PUBLISHING_KINDS = frozenset(
    {ApprovalKind.REVIEW, ApprovalKind.IMPORT, ApprovalKind.EMERGENCY, ApprovalKind.INHERITED}
)
"""The decisions by which the version that they name is public."""


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
    """Return the decision by which what ``page`` shows is public; of an alias, its source's. One query."""
    source = getattr(page, "alias_of_id", None) or page.pk
    live = Page.objects.filter(pk=source).values("live_revision")[:1]
    rows = Approval.objects.of(Page(pk=source)).filter(live_version_condition(models.Subquery(live)))
    row = annotate_names(rows, site).first()
    return None if row is None else build_trace_entry(row)


def live_version_condition(version: models.Subquery | OuterRef | Coalesce) -> Q:
    """Return the condition of the decisions that are not about a version that still waits for its date.

    A row without a number is about content without versions. With no live version known, any will do.
    """
    is_live = Q(revision_number__isnull=True) | Q(revision_number=Coalesce(version, F("revision_number")))
    return Q(kind__in=PUBLISHING_KINDS) & is_live
