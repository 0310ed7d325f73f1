"""Rules of closing a plan: what must be decided before, and what is refused afterwards.

The pages below a plan are found by the relations from ``Page``: their types import the plan.
"""

from __future__ import annotations

import datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type

from pages.core.formatting import full_date, join_words

#: The value of ``ReportKind.FINAL``.
FINAL = "final"


def closing_date_error(closed_on: datetime.date, start: datetime.date | None) -> str:
    """Return the error of a closing day in the future, or before the start of the plan."""
    if closed_on > timezone.localdate():
        return _("Esta fecha todavía no llega. Cierra el plan ese día.")
    if start is not None and closed_on < start:
        return _("El plan se cerraría antes de empezar. Corrige una de las dos fechas.")
    return ""


def open_commitments_error(plan: Page) -> str:
    """Return the error that names the public commitments without a public outcome."""
    commitments = Page.objects.descendant_of(plan).filter(commitmentpage__isnull=False, live=True)
    codes = list(
        commitments.filter(commitmentpage__outcome="")
        .order_by("path")
        .values_list("commitmentpage__code", flat=True)
    )
    if not codes:
        return ""
    return _("Falta publicar cómo terminaron estos compromisos: %(codes)s.") % {"codes": join_words(codes)}


def find_updates_in_review(plan: Page) -> QuerySet[Page]:
    """Return the updates below ``plan`` that are in review, returned or scheduled."""
    of_page = {
        "base_content_type": get_default_page_content_type(),
        "object_id": Cast(OuterRef("pk"), CharField()),
    }
    states = WorkflowState.objects.filter(
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES], **of_page
    )
    dated = Revision.objects.filter(approved_go_live_at__isnull=False, **of_page)
    below = Page.objects.descendant_of(plan).filter(progressupdatepage__isnull=False)
    return below.filter(Q(Exists(states)) | Q(Exists(dated)))


def pending_review_error(plan: Page) -> str:
    """Return the error that names the updates in review, returned or scheduled."""
    titles = list(find_updates_in_review(plan).order_by("path").values_list("draft_title", flat=True))
    if not titles:
        return ""
    return _("Hay avances en revisión o con fecha: %(titles)s. Decide primero sobre ellos.") % {
        "titles": join_words(titles)
    }


def final_report_error(plan: Page) -> str:
    """Return the error of a plan without a public final report."""
    reports = Page.objects.child_of(plan).filter(reportpage__kind=FINAL, live=True)
    return "" if reports.exists() else _("Publica primero el informe final.")


def closed_plan_error(closed_on: datetime.date | None) -> str:
    """Return the error of an update of a closed plan."""
    if closed_on is None:
        return ""
    return _("El plan se cerró el %(day)s: ya no recibe avances.") % {"day": full_date(closed_on)}


def outcome_errors(outcome: str, reason: str) -> dict[str, str]:
    """Return the errors, by field, of an outcome without its reason, and of a reason without an outcome."""
    if outcome and not reason:
        return {"outcome_reason": _("Escribe por qué terminó así, en una o dos oraciones.")}
    if reason and not outcome:
        return {"outcome": _("Elige cómo terminó, o quita el motivo.")}
    return {}


def missing_outcome_errors(outcome: str, closed_on: datetime.date | None) -> dict[str, str]:
    """Return the error, by field, of a commitment without an outcome in a closed plan."""
    if closed_on is None or outcome:
        return {}
    sentence = _("El plan se cerró el %(day)s: deja escrito cómo terminó este compromiso.")
    return {"outcome": sentence % {"day": full_date(closed_on)}}


def only_final_report_error(report: Page, plan: Page, closed_on: datetime.date | None) -> str:
    """Return the error when the public final report of a closed plan would become another kind of report."""
    if closed_on is None or not report.pk:
        return ""
    final = Page.objects.child_of(plan).filter(reportpage__kind=FINAL, live=True)
    if not final.filter(pk=report.pk).exists() or final.exclude(pk=report.pk).exists():
        return ""
    sentence = _("El plan se cerró el %(day)s con este informe final. Déjalo como informe final.")
    return sentence % {"day": full_date(closed_on)}
