"""Build the public trace of an update (who reported and who approved it) from the ledger."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from abierto.approval.ledger.public_names import annotate_names, public_approver, public_reporter
from abierto.approval.ledger.trace import find_live_decision, known_decisions
from abierto.approval.models import Approval
from abierto.approval.models.approval import ALLOWS_NOTHING, ApprovalKind
from pages.core.content_language import mark_source_language
from pages.core.formatting import describe_period
from pages.reports.inlines import ReportRow
from pages.updates.models import ProgressUpdatePage


@dataclass(frozen=True)
class TraceStep:
    """One step of the public trace."""

    event: str
    person: str = ""
    day: datetime.date | None = None
    note: str = ""
    is_done: bool = True


@dataclass(frozen=True)
class PageTrace:
    """An update and the steps by which it became public."""

    update: ProgressUpdatePage
    url: str
    steps: list[TraceStep]


def build_traces(
    updates: Sequence[ProgressUpdatePage], in_reports: Sequence[ReportRow], request: HttpRequest, page: Page
) -> list[PageTrace]:
    """Return the trace of each of ``updates``, newest first.

    The decision about ``page``, which shows them, is read with the same query.
    """
    known = read_decisions([*updates, page], Site.find_for_request(request))
    if page.alias_of_id is None:
        known_decisions(request)[page.pk] = find_live_decision(page, known.get(page.pk, []))
    found = []
    for update in reversed(updates):
        steps = [*build_steps(update, known.get(update.pk, [])), *_presentation_steps(update, in_reports)]
        found.append(PageTrace(update, update.get_url(request) or "", steps))
    return found


def read_decisions(pages: Sequence[Page], site: Site | None = None) -> dict[int, list[Approval]]:
    """Return the decisions about each of ``pages``, by page, the oldest first."""
    if not pages:
        return {}
    rows = Approval.objects.filter(
        content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(page.pk) for page in pages]
    )
    known: dict[int, list[Approval]] = {}
    for row in annotate_names(rows, site).order_by("id"):
        known.setdefault(int(row.object_id), []).append(row)
    return known


def _presentation_steps(update: ProgressUpdatePage, in_reports: Iterable[ReportRow]) -> list[TraceStep]:
    """Return the step «presented» of the first report whose cut-off covers ``update``."""
    for row in in_reports:
        report = row.page
        if report.presented_on and report.cutoff and report.cutoff >= update.period_end:
            return [TraceStep(_("Se presentó en:"), report.title, report.presented_on)]
    return []


def build_steps(update: ProgressUpdatePage, rows: Sequence[Approval]) -> list[TraceStep]:
    """Return the steps by which ``update`` became public, after its earlier withdrawals."""
    withdrawn = [row for row in rows if row.kind == ApprovalKind.WITHDRAWN and row.comment and row.approver]
    allowed = [row for row in rows if row.kind not in ALLOWS_NOTHING]
    taken_down = [
        TraceStep(
            _("Se retiró:"), public_approver(row), _day(row.created_at), mark_source_language(row.comment)
        )
        for row in withdrawn
    ]
    decision = allowed[-1] if allowed else None
    before = [row for row in rows if decision and _is_earlier_step(decision, row)]
    return [*taken_down, *_decision_steps(update, decision, before)]


def _is_earlier_step(decision: Approval, row: Approval) -> bool:
    """Check whether ``row`` is an earlier step of the review that ended in ``decision``."""
    is_same = (row.revision_number, row.sha) == (decision.revision_number, decision.sha)
    return row.kind == ApprovalKind.STEP and decision.kind == ApprovalKind.REVIEW and is_same


def _decision_steps(
    update: ProgressUpdatePage, decision: Approval | None, before: Sequence[Approval]
) -> list[TraceStep]:
    period = describe_period(update.period_start, update.period_end)
    if decision is None:
        return [TraceStep(_("Se publicó"), day=_day(update.last_published_at), note=period)]
    if decision.kind == ApprovalKind.IMPORT:
        source = update.source_name
        event = _("Se copió de:") if source else _("Se tomó de documentos publicados.")
        parts = (mark_source_language(decision.comment), period)
        note = format_html_join(" ", "{}", [(part,) for part in parts if part])
        return [TraceStep(event, source, update.source_date, note)]
    steps = []
    if decision.reporter is not None:
        steps.append(TraceStep(_("Reportó"), public_reporter(decision), note=period))
    steps += [
        TraceStep(_("Aprobó un paso antes:"), public_approver(row), _day(row.created_at))
        for row in before
        if row.approver is not None
    ]
    if decision.approver is not None:
        day = _day(decision.created_at)
        in_emergency = decision.kind == ApprovalKind.EMERGENCY
        what = _("Publicó de emergencia, sin revisión:") if in_emergency else _("Aprobó otra persona:")
        comment = mark_source_language(decision.comment)
        steps.append(TraceStep(what, public_approver(decision), day, comment))
    return steps


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(moment) if moment else None
