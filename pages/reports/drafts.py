"""Start a report: propose its kind, period and figures."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.coreutils import find_available_slug

from abierto.accounts.models import User
from pages.core.slugs import make_slug
from pages.plans.models import PlanPage
from pages.updates.models import ProgressUpdatePage

from .models import ReportKind, ReportPage


def propose_report(plan: PlanPage) -> dict[str, Any]:
    """Return the next partial report of ``plan``: from the end of the last one to the last update."""
    reports = ReportPage.objects.child_of(plan).filter(period_end__isnull=False)
    last = reports.order_by("-period_end").first()
    partial = ReportPage.objects.child_of(plan).filter(kind=ReportKind.PARTIAL).order_by("-number").first()
    updates = ProgressUpdatePage.objects.public().descendant_of(plan).order_by("-period_end")
    start = last.period_end + datetime.timedelta(days=1) if last else plan.period_start
    cutoff = updates.values_list("period_end", flat=True).first()
    if cutoff is None or (start and cutoff < start):
        cutoff = timezone.localdate()  # nothing was reported since the last report
    return {
        "kind": ReportKind.PARTIAL,
        "number": partial.number + 1 if partial else 1,
        "period_start": start,
        "period_end": cutoff,
        "cutoff": cutoff,
    }


@transaction.atomic
def start_report(plan: PlanPage, values: dict[str, Any], user: User) -> ReportPage:
    """Create a draft report of ``plan`` with its figures proposed and return it.

    ``values`` are those of the fields ``kind``, ``number``, ``period_start``, ``period_end``, ``cutoff``.

    Raises:
        ValidationError: on its field, when the number is taken or the dates are reversed.
    """
    with override(plan.locale.language_code):
        title = f"{ReportKind(values['kind']).label} {values['number']}"
    report = ReportPage(
        title=title,
        slug=find_available_slug(plan, make_slug(title)),
        target_date=plan.period_end,
        owner=user,
        live=False,
        locale=plan.locale,
        **values,
    )
    report.intended_parent = plan
    report.clean()
    report.propose_figures()
    plan.add_child(instance=report)
    report.save_revision(user=user, log_action=True)
    return report
