"""Start a good practice from a final report."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.coreutils import find_available_slug

from abierto.accounts.models import User
from abierto.text import rich_text_lines, visible_text
from pages.core.slugs import make_slug
from pages.participation.places import find_municipalities_above
from pages.reports.models import ReportKind, ReportPage

from .models import GoodPracticePage


def may_start_practice(report: ReportPage) -> bool:
    """Check that a report is final and public, so that a good practice can start from it."""
    return bool(report.kind == ReportKind.FINAL and report.live)


@transaction.atomic
def start_practice(report: ReportPage, user: User) -> GoodPracticePage:
    """Create a draft practice beside ``report``, with what the report says, and return it."""
    plan = report.get_parent().specific
    with override(report.locale.language_code):
        title = _("Buena práctica: %(plan)s") % {"plan": plan.title}
    day = report.period_end or report.cutoff
    practice = GoodPracticePage(
        title=title,
        slug=find_available_slug(plan, make_slug(title)),
        municipality=find_municipalities_above(report).first(),
        year=day.year if day else None,
        what_was_done=plan.summary,
        result=visible_text(rich_text_lines(report.intro)) or report.summary,
        report=report,
        owner=user,
        live=False,
        locale=report.locale,
    )
    plan.add_child(instance=practice)
    practice.save_revision(user=user, log_action=True)
    return practice
