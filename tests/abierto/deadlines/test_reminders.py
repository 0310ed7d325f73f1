"""Reminders around a due date and of overdue reviews, each sent once."""

import datetime
from smtplib import SMTPServerDisconnected
from unittest import mock

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import TaskState

from abierto.approval.models import ReviewTask
from abierto.approval.models.task import create_review_workflow
from abierto.deadlines.models import Audience, DeadlineSettings, ReportNotice, ReviewNotice
from abierto.deadlines.reminders import send_reminders
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from tests.abierto.approval.newsroom import draft_update, newsroom, person, submit
from tests.factories import CommitmentPageFactory, published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
@built_once
def room():
    room = newsroom()
    plan = room.commitment.get_parent().get_parent().specific
    plan.period_start, plan.period_end = datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)
    plan.cadence_months, plan.grace_days = 3, 15
    published(plan)
    for user in (room.editor, room.reviewer, room.both, room.administrator):
        user.email = f"{user.username}@ejemplo.mx"
        user.save()
    mail.outbox.clear()
    return room


def on(day: int, month: int = 4, hour: int = 12) -> list[str]:
    """Run the reminders at that time of 2026; the first report is due on 1 April."""
    return list(send_reminders(datetime.datetime(2026, month, day, hour, tzinfo=datetime.UTC)))


def letters() -> list[tuple[str, str]]:
    sent = [(letter.subject, letter.to[0]) for letter in mail.outbox]
    mail.outbox.clear()
    return sorted(sent)


def test_editors_are_notified_once_before_after_and_when_late(room):
    emails = {}
    for month, day in ((3, 20), (3, 25), (3, 25), (4, 1), (4, 2), (4, 3), (4, 17), (4, 18)):
        on(day, month)
        emails[month, day] = emails.get((month, day), []) + letters()

    quiet = {day for day, sent in emails.items() if not sent}
    assert quiet == {(3, 20), (4, 1), (4, 3), (4, 18)}
    assert [to for _, to in emails[3, 25]] == ["ambas@ejemplo.mx", "editora@ejemplo.mx"]
    assert "toca reportar" in emails[3, 25][0][0]
    assert "no ha llegado" in emails[4, 2][0][0]
    assert "atrasado" in emails[4, 17][0][0]
    assert "administradora@ejemplo.mx" in [to for _, to in emails[4, 17]]


def test_no_reminder_is_sent_for_a_report_in_review(room):
    period = {"period_start": datetime.date(2026, 1, 1), "period_end": datetime.date(2026, 3, 31)}
    submit(draft_update(room, **period), room.editor)
    mail.outbox.clear()

    on(17)

    assert not [subject for subject, _to in letters() if "atrasado" in subject]


@pytest.mark.both_databases
def test_hourly_runs_send_one_email(room):
    for hour in range(8, 20):
        on(25, 3, hour)

    assert len(letters()) == 2
    assert ReportNotice.objects.count() == 1


def test_one_email_lists_all_reports_due_that_day(room):
    axis = room.commitment.get_parent().specific
    published(CommitmentPageFactory(parent=axis, code="1.8", title="El octavo"))

    on(25, 3)

    body = mail.outbox[0].body
    assert "1.8 El octavo" in body
    assert room.commitment.title in body
    assert "/admin/trabajo/que-me-falta/" in body
    assert len(letters()) == 2


@pytest.mark.both_databases
def test_each_space_is_reminded_of_its_own_reports(room):
    groups = get_or_create_groups("Norte")
    north = create_space(
        SpaceKind.INSTITUTION, "Norte", "norte", create_review_workflow("Norte", groups.reviewers)
    )
    assign_root(north, room.commitment)
    person("vecina", groups.editors, email="vecina@ejemplo.mx")

    on(25, 3)

    assert [to for _, to in letters()] == ["vecina@ejemplo.mx"]


def test_a_notice_without_recipients_is_not_recorded(room):
    room.space.editors.user_set.clear()
    output = on(25, 3)
    person("nueva", room.space.editors, email="nueva@ejemplo.mx")

    on(25, 3)

    assert "Nadie con correo" in output[0]
    assert [to for _, to in letters()] == ["nueva@ejemplo.mx"]


@pytest.mark.both_databases
def test_a_failed_email_is_sent_again(room, monkeypatch):
    day = datetime.datetime(2026, 3, 25, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr("abierto.deadlines.reminders.timezone.now", lambda: day)
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", mock.Mock(side_effect=SMTPServerDisconnected("se fue")))
        with pytest.raises(CommandError, match="otra vez"):
            call_command("remind")

    assert not ReportNotice.objects.exists()
    call_command("remind")
    assert len(letters()) == 2


# --- Overdue reviews -----------------------------------------------------------------------------------


def waits(room, days: int) -> TaskState:
    state = submit(draft_update(room), room.editor)
    TaskState.objects.filter(pk=state.pk).update(started_at=timezone.now() - datetime.timedelta(days=days))
    mail.outbox.clear()
    return state


def escalated() -> list[str]:
    list(send_reminders())
    sent = [letter.to[0] for letter in mail.outbox if "espera" in letter.subject]
    mail.outbox.clear()
    return sorted(sent)


@pytest.mark.both_databases
def test_an_overdue_review_is_escalated_to_the_space_and_the_state(room):
    groups = get_or_create_groups("Norte")
    north = create_space(
        SpaceKind.INSTITUTION, "Norte", "norte", create_review_workflow("Norte", groups.reviewers)
    )
    assign_root(north, room.commitment)
    person("jefa", groups.administrators, email="jefa@ejemplo.mx")
    person("revisa", groups.reviewers, email="revisa@ejemplo.mx")
    state = waits(room, 4)

    assert escalated() == []
    TaskState.objects.filter(pk=state.pk).update(started_at=timezone.now() - datetime.timedelta(days=5))
    assert escalated() == ["jefa@ejemplo.mx", "revisa@ejemplo.mx"]
    assert escalated() == []
    TaskState.objects.filter(pk=state.pk).update(started_at=timezone.now() - datetime.timedelta(days=10))
    assert escalated() == ["administradora@ejemplo.mx"]
    assert escalated() == []
    assert set(ReviewNotice.objects.values_list("audience", flat=True)) == {Audience.SPACE, Audience.STATE}


def test_the_terms_are_settings(room):
    waits(room, 6)
    DeadlineSettings.objects.update_or_create(defaults={"review_days": 7, "state_days": 9})

    assert escalated() == []


def test_a_decided_review_sends_no_reminder(room):
    state = waits(room, 30)
    ReviewTask.objects.get(pk=state.task_id).on_action(state, room.reviewer, "reject", comment="Falta.")
    mail.outbox.clear()

    assert escalated() == []


def test_the_state_is_notified_after_the_space():
    terms = DeadlineSettings(review_days=5, state_days=5)

    with pytest.raises(ValidationError, match="después que el espacio"):
        terms.clean()
