"""Start an update: propose its period and create the draft with its rows."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.coreutils import find_available_slug

from abierto.accounts.models import User
from abierto.progress.calendars import add_months
from abierto.text import write_date
from pages.core.formatting import month_and_year
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.plans.status import find_schedule

from .models import ProgressUpdatePage
from .row_proposal import propose_rows

__all__ = [
    "build_update",
    "find_next_period",
    "propose_period",
    "propose_rows",
    "start_update",
    "write_title",
]


def propose_period(
    commitment: CommitmentPage, plan: PlanPage
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the period to report next: one cadence from the day after the last update.

    Drafts count too, so that a second draft does not repeat the first. The period is empty for a commitment
    without updates if neither it nor its plan has a start date.
    """
    updates = ProgressUpdatePage.objects.child_of(commitment).filter(period_end__isnull=False)
    last = updates.order_by("-period_end").values_list("period_end", flat=True).first()
    return find_next_period(commitment, plan, last)


def find_next_period(
    commitment: CommitmentPage, plan: PlanPage, last: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the period after ``last``, the end of the last update; the first period without one."""
    schedule = find_schedule(plan, commitment)
    start = last + datetime.timedelta(days=1) if last else schedule.start
    if start is None:
        return None, None
    return start, add_months(start, schedule.cadence_months) - datetime.timedelta(days=1)


def write_title(start: datetime.date, end: datetime.date) -> str:
    """Return the title of an update: «Reporte de agosto a noviembre de 2023»."""
    last = month_and_year(end)
    if (start.year, start.month) == (end.year, end.month):
        return _("Reporte de %(month)s") % {"month": last}
    # Django's Mexican catalogue gives months a capital that Spanish does not.
    first = write_date(start, "F") if start.year == end.year else month_and_year(start)
    return _("Reporte de %(first)s a %(last)s") % {"first": first, "last": last}


def build_update(
    commitment: CommitmentPage, start: datetime.date, end: datetime.date, user: User
) -> ProgressUpdatePage:
    """Return an unsaved draft update of ``commitment`` for the period, with its proposed rows.

    Raises:
        ValidationError: on its field, when the period is reversed or overlaps another update.
    """
    # The title is content: it is written in the language of the commitment, not of the editor's screens.
    with override(commitment.locale.language_code):
        title = write_title(start, end)
    update = ProgressUpdatePage(
        title=title,
        slug=find_available_slug(commitment, slugify(f"{start:%Y-%m}-{end:%Y-%m}")),
        period_start=start,
        period_end=end,
        owner=user,
        live=False,
        locale=commitment.locale,
    )
    update.intended_parent = commitment
    update.rows.set(propose_rows(commitment))
    update.clean()
    return update


@transaction.atomic
def start_update(
    commitment: CommitmentPage, start: datetime.date, end: datetime.date, user: User
) -> ProgressUpdatePage:
    """Create a draft update of ``commitment`` for the period and return it.

    Raises:
        ValidationError: on its field, when the period is reversed or overlaps another update.
    """
    update = build_update(commitment, start, end, user)
    commitment.add_child(instance=update)
    update.save_revision(user=user, log_action=True)
    return update
