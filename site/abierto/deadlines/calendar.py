"""The reporting calendar of a plan: due days with the status of each report."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from abierto.accounts.models import User
from abierto.approval.review.space_index import SpaceIndex, build_space_index
from abierto.tenancy.access import scope
from abierto.tenancy.tree_paths import parent_path
from pages.core.submissions import annotate_submissions, is_delivered, submission_label
from pages.plans.commitments import LEVELS_TO_PLAN, CommitmentPage, CommitmentQuerySet
from pages.plans.models import PlanPage
from pages.updates.models import ProgressUpdatePage

from .due_reports import find_public_commitments, list_due_days

#: Four months after the 30th of November is the 30th of March, and the period ends on the 31st.
MONTH_END_TOLERANCE = datetime.timedelta(days=3)
PRODUCT = "-//Abierto//Reportes//ES"


class DueStatus(TextChoices):
    """The status of the report of one period."""

    REPORTED = "reported", _("Reportado")
    IN_REVIEW = "in_review", _("En revisión")
    DRAFT = "draft", _("En borrador")
    LATE = "late", _("Atrasado")
    PAST = "past", _("Ya tocaba")
    DUE = "due", _("Por venir")
    NEVER = "never", _("No se reportó")


OPEN_STATUSES = frozenset(
    {DueStatus.IN_REVIEW, DueStatus.DRAFT, DueStatus.LATE, DueStatus.PAST, DueStatus.DUE}
)


@dataclass(frozen=True)
class DueEntry:
    """The report of one commitment for one period."""

    commitment: CommitmentPage
    due_on: datetime.date
    status: DueStatus
    update: ProgressUpdatePage | None
    may_report: bool

    @property
    def is_late(self) -> bool:
        return self.status is DueStatus.LATE

    @property
    def label(self) -> str:
        """The status; of a report in review or approved with a date, that day."""
        if self.update is not None and not self.update.live and is_delivered(self.update):
            return submission_label(self.update)
        return str(self.status.label)


@dataclass(frozen=True)
class DueDay:
    """The reports due on one day."""

    day: datetime.date
    entries: tuple[DueEntry, ...]

    @property
    def is_open(self) -> bool:
        """Check whether a report of the day is still due."""
        return any(entry.status in OPEN_STATUSES for entry in self.entries)


def load_plans(user: User) -> list[PlanPage]:
    """Return the plans with a calendar and commitments in the spaces of ``user``, newest first."""
    own = find_commitments(user).values_list("path", flat=True)
    above = {parent_path(path, LEVELS_TO_PLAN) for path in own}
    public = PlanPage.objects.public().source_language().filter(path__in=above)
    return [plan for plan in public.defer("body").order_by("-period_start", "path") if plan.measures_progress]


def find_commitments(user: User) -> CommitmentQuerySet:
    """Return the public commitments of the spaces of ``user``."""
    return scope(find_public_commitments(), user)


def build_calendar(user: User, plan: PlanPage, today: datetime.date | None = None) -> list[DueDay]:
    """Return the due days of a plan for the commitments in the spaces of ``user``. Three queries."""
    day = today or timezone.localdate()
    rows = find_commitments(user).descendant_of(plan).with_status(day, [plan])
    updates = _load_updates([row.page for row in rows])
    space_index = build_space_index(user)
    days: dict[datetime.date, list[DueEntry]] = defaultdict(list)
    for page, _plan, figure, status in rows:
        public = (update.period_end for update in updates[page.path] if update.live)
        last = max(filter(None, [figure.reported_on if figure else None, *public]), default=None)
        due_days = list_due_days(page, plan, last)
        if plan.is_open and status.due_on is None:
            due_days = _days_until_reported(last, due_days)
        for entry in _iter_entries(page, plan, due_days, updates[page.path], last, space_index, day):
            days[entry.due_on].append(entry)
    return [DueDay(due, tuple(entries)) for due, entries in sorted(days.items())]


def _days_until_reported(last: datetime.date | None, days: Sequence[datetime.date]) -> list[datetime.date]:
    """Return the days up to the one that the last report covers: a finished commitment has no later ones."""
    return [day for number, day in enumerate(days) if number == 0 or last is None or days[number - 1] < last]


def _load_updates(commitments: Sequence[CommitmentPage]) -> dict[str, list[ProgressUpdatePage]]:
    """Return the updates below each commitment by its path, annotated with their submission."""
    found: dict[str, list[ProgressUpdatePage]] = defaultdict(list)
    if not commitments:
        return found
    below: QuerySet[ProgressUpdatePage] = ProgressUpdatePage.objects.filter(
        path__range=(commitments[0].path, commitments[-1].path + "z"), period_end__isnull=False
    )
    for update in annotate_submissions(below).order_by("period_end", "pk"):
        found[parent_path(update.path)].append(update)
    return found


def _iter_entries(
    page: CommitmentPage,
    plan: PlanPage,
    days: Sequence[datetime.date],
    updates: Iterable[ProgressUpdatePage],
    last: datetime.date | None,
    space_index: SpaceIndex,
    today: datetime.date,
) -> Iterable[DueEntry]:
    """Yield one entry for each due day of a commitment."""
    of_day = _map_updates_by_day(days, updates)
    may_edit = space_index.edits(page.path)
    for number, due in enumerate(days):
        update = of_day.get(due)
        previous = days[number - 1] if number else datetime.date.min
        status = _find_due_status(update, due, previous, last, plan, today)
        may_report = may_edit and plan.is_open and status in (DueStatus.LATE, DueStatus.PAST, DueStatus.DUE)
        yield DueEntry(page, due, status, update, may_report)


def _map_updates_by_day(
    days: Sequence[datetime.date], updates: Iterable[ProgressUpdatePage]
) -> dict[datetime.date, ProgressUpdatePage]:
    """Return the update of each due day: the one whose period ends by it, public ones first."""
    found: dict[datetime.date, ProgressUpdatePage] = {}
    for update in updates:
        ended = update.period_end or datetime.date.min
        due = next((day for day in days if ended <= day + MONTH_END_TOLERANCE), days[-1] if days else None)
        if due is not None and (due not in found or not found[due].live):
            found[due] = update
    return found


def _find_due_status(
    update: ProgressUpdatePage | None,
    due: datetime.date,
    previous: datetime.date,
    last: datetime.date | None,
    plan: PlanPage,
    today: datetime.date,
) -> DueStatus:
    """Return the status of the report due on a day; ``last`` is the day of the commitment's last figure."""
    if update is not None:
        if update.sent_at:
            return DueStatus.IN_REVIEW
        return DueStatus.REPORTED if update.live else DueStatus.DRAFT
    if last is not None and last > previous:
        # The figure of this period was published elsewhere, or a later report replaces it.
        return DueStatus.REPORTED if last <= due else DueStatus.NEVER
    if not plan.is_open:
        return DueStatus.NEVER
    if today > due + datetime.timedelta(days=plan.grace_days):
        return DueStatus.LATE
    return DueStatus.PAST if today > due else DueStatus.DUE


def build_icalendar(plan: PlanPage, days: Iterable[DueDay]) -> bytes:
    """Return the open due days as an iCalendar file: all-day events that do not block the day."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for due in days:
        if not due.is_open:
            continue
        codes = ", ".join(entry.commitment.code for entry in due.entries if entry.status in OPEN_STATUSES)
        event = Event()
        event.add("uid", f"{plan.translation_key}-{due.day.isoformat()}")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", due.day)
        event.add("summary", str(_("Toca reportar: %(codes)s")) % {"codes": codes})
        event.add("description", plan.title)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
