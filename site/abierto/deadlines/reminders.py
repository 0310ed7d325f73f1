"""E-mails about due reports, overdue reviews and observations, each sent once however often this runs."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import TaskState

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.approval.notifications import EmailText, active_members, state_space
from abierto.approval.reader_links import build_admin_url
from abierto.approval.review.space_index import build_space_index
from abierto.approval.review.steps import annotate_steps
from abierto.progress.reporting import Notice
from abierto.tenancy.models import Space
from pages.core.formatting import full_date

from .due_reports import DueReport, load_due_summary
from .emails import EmailNotSent, OneTimeEmail, claim_rows, send_claimed_email
from .models import Audience, DeadlineSettings, ReportNotice, ReviewNotice
from .observation_emails import iter_observation_emails

#: Conditions for a review that waits for a decision; higher apps add theirs.
UNDECIDED: list[Q] = []


def send_reminders(now: datetime.datetime | None = None) -> Iterator[str]:
    """Send the due notices that were not sent, and yield a line for each e-mail.

    Raises:
        EmailNotSent: after everything else was tried, if an e-mail failed.
    """
    moment = now or timezone.now()
    terms = DeadlineSettings.load()
    failed: list[str] = []
    for work in (
        iter_report_emails(terms, timezone.localdate(moment)),
        iter_review_emails(terms, moment),
        iter_observation_emails(terms, moment),
    ):
        for email, rows in work:
            if not email.readers:
                yield _("Nadie con correo a quien decir: %(subject)s") % {"subject": email.subject}
                continue
            claimed = claim_rows(rows)
            if not claimed:
                continue
            try:
                send_claimed_email(email, claimed)
            except EmailNotSent as refusal:
                failed.append(str(refusal))
            else:
                addresses = ", ".join(reader.person.email for reader in email.readers)
                yield f"{email.subject} → {addresses}"
    if failed:
        raise EmailNotSent(", ".join(failed))


# --- Reports -------------------------------------------------------------------------------------------


def iter_report_emails(
    terms: DeadlineSettings, today: datetime.date
) -> Iterator[tuple[OneTimeEmail, list[ReportNotice]]]:
    """Yield one e-mail per space, day and notice about due reports, with the rows that claim it."""
    grouped: dict[tuple[Space | None, datetime.date, Notice], list[DueReport]] = defaultdict(list)
    for report in load_due_summary(build_space_index(), terms.remind_days, today).reports:
        grouped[report.space, report.due_on, report.notice].append(report)
    notified = _read_sent_notices(
        ReportNotice.objects.filter(due_on__in={due for _space, due, _notice in grouped})
    )
    for (space, due, notice), reports in grouped.items():
        new = [
            report
            for report in reports
            if not report.is_delivered
            and (report.commitment.translation_key, due, notice.value) not in notified
        ]
        if new:
            rows = [
                ReportNotice(
                    commitment_key=report.commitment.translation_key, due_on=due, notice=notice.value
                )
                for report in new
            ]
            write = partial(write_report_email, due, notice, new)
            yield OneTimeEmail(write, _find_report_recipients(space, notice)), rows


def _read_sent_notices(rows: QuerySet[ReportNotice]) -> set[tuple[object, ...]]:
    return set(rows.values_list("commitment_key", "due_on", "notice"))


def write_report_email(due: datetime.date, notice: Notice, reports: Iterable[DueReport]) -> EmailText:
    """Return the e-mail about the reports of one space that are due on one day."""
    subjects = {
        Notice.SOON: _("El %(day)s toca reportar"),
        Notice.PAST: _("El reporte del %(day)s no ha llegado"),
        Notice.LATE: _("El reporte del %(day)s va atrasado"),
    }
    closing = _("Empieza el reporte desde «Qué me falta»:")
    lines = [
        f"- {report.commitment.code} {report.commitment.title} ({report.plan.title})" for report in reports
    ]
    text = "\n".join([*lines, "", closing, build_admin_url("dashboard:pending")])
    return subjects[notice] % {"day": full_date(due)}, text


def _find_report_recipients(space: Space | None, notice: Notice) -> list[User]:
    """Return the editors of a space and, for a late report, its administrators."""
    responsible_space = space or state_space()
    if responsible_space is None:
        return []
    groups = [responsible_space.editors_id]
    return (
        active_members(*groups, responsible_space.administrators_id)
        if notice is Notice.LATE
        else active_members(*groups)
    )


# --- Reviews -------------------------------------------------------------------------------------------


def iter_review_emails(
    terms: DeadlineSettings, now: datetime.datetime
) -> Iterator[tuple[OneTimeEmail, list[ReviewNotice]]]:
    """Yield the e-mails about overdue reviews: to the space, and later to the state."""
    for audience, days in ((Audience.SPACE, terms.review_days), (Audience.STATE, terms.state_days)):
        grouped: dict[tuple[Space | None, int], list[TaskState]] = defaultdict(list)
        for review in find_overdue_reviews(now - datetime.timedelta(days=days), audience):
            grouped[getattr(review.workflow_state.workflow, "space", None), review.task_id].append(review)
        for (space, _task), reviews in grouped.items():
            rows = [ReviewNotice(task_state=review, audience=audience.value) for review in reviews]
            people = _find_review_recipients(space, audience, reviews[0])
            yield OneTimeEmail(partial(write_review_email, space, reviews), people), rows


def find_overdue_reviews(moment: datetime.datetime, audience: Audience) -> QuerySet[TaskState]:
    """Return the reviews waiting since before ``moment`` about which ``audience`` was not notified."""
    notified = ReviewNotice.objects.filter(audience=audience.value).values("task_state")
    waiting: QuerySet[TaskState] = TaskState.objects.filter(
        *UNDECIDED,
        status=TaskState.STATUS_IN_PROGRESS,
        started_at__lte=moment,
        task__in=ReviewTask.objects.values("pk"),
    )
    return (
        annotate_steps(waiting.exclude(pk__in=notified))
        .select_related("revision", "task", "workflow_state__workflow__space")
        .defer("revision__content")
        .order_by("started_at", "pk")
    )


def write_review_email(space: Space | None, reviews: list[TaskState]) -> EmailText:
    """Return the e-mail about the reviews of one space that wait at one step."""
    total = len(reviews)
    subject = ngettext(
        "%(space)s: %(total)s revisión espera demasiado",
        "%(space)s: %(total)s revisiones esperan demasiado",
        total,
    ) % {"space": space.name if space else _("Sin espacio"), "total": total}
    since = [full_date(timezone.localdate(review.started_at)) for review in reviews]
    lines = [f"- {review.revision.object_str} ({day})" for review, day in zip(reviews, since, strict=True)]
    first = reviews[0]
    if first.step_total > 1:
        step = {"number": first.step_number, "total": first.step_total, "name": first.step_name}
        lines = [_("Esperan en el paso %(number)s de %(total)s: %(name)s.") % step, "", *lines]
    closing = _("Quien revisa puede delegar por un tiempo. La lista está en «Por revisar»:")
    text = "\n".join([*lines, "", closing, build_admin_url("dashboard:queue")])
    return subject, text


def _find_review_recipients(space: Space | None, audience: Audience, review: TaskState) -> list[User]:
    """Return the reviewers of the step and the administrators of the space, or the state's administrators."""
    if audience == Audience.SPACE and space is not None:
        return active_members(space.administrators_id, *review.task.specific.groups.all())
    state = state_space()
    return active_members(state.administrators_id) if state else []
