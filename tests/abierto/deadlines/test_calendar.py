"""The reporting calendar of a plan: due dates, their status, and no drafts of other users."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.space_index import build_space_index
from abierto.deadlines.calendar import DueStatus, build_calendar
from abierto.deadlines.due_reports import load_due_summary
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.core.formatting import full_date
from tests import factories
from tests.abierto.approval.newsroom import newsroom, person, submit
from tests.factories import published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = datetime.date(2024, 8, 20)


@pytest.fixture
@built_once
def room():
    """A plan from January to December 2024 with a report every three months, on 20 August."""
    room = newsroom()
    room.plan = room.commitment.get_parent().get_parent().specific
    room.plan.period_start, room.plan.period_end = datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)
    room.plan.cadence_months, room.plan.grace_days = 3, 15
    published(room.plan)
    return room


def update(room, start: datetime.date, end: datetime.date, **fields):
    return factories.ProgressUpdatePageFactory(
        parent=room.commitment,
        owner=room.editor,
        title=f"Avance al {end}",
        period_start=start,
        period_end=end,
        **fields,
    )


def due_statuses(room, user=None) -> list[tuple[str, str]]:
    days = build_calendar(user or room.editor, room.plan, TODAY)
    return [(day.day.isoformat(), entry.status.value) for day in days for entry in day.entries]


def test_without_reports_due_dates_are_late_or_upcoming(room):
    assert due_statuses(room) == [
        ("2024-04-01", DueStatus.LATE),
        ("2024-07-01", DueStatus.LATE),
        ("2024-10-01", DueStatus.DUE),
        ("2025-01-01", DueStatus.DUE),
    ]


def test_each_period_shows_its_own_report(room):
    published(update(room, datetime.date(2024, 1, 1), datetime.date(2024, 3, 31)))
    submit(update(room, datetime.date(2024, 4, 1), datetime.date(2024, 6, 30)), room.editor)
    update(room, datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))

    assert due_statuses(room) == [
        ("2024-04-01", DueStatus.REPORTED),
        ("2024-06-30", DueStatus.IN_REVIEW),
        ("2024-09-30", DueStatus.DRAFT),
        ("2024-12-31", DueStatus.DUE),
    ]


@pytest.mark.both_databases
def test_a_report_in_review_says_when_it_was_sent(client, room):
    submit(update(room, datetime.date(2024, 4, 1), datetime.date(2024, 6, 30)), room.editor)
    client.force_login(room.editor)

    html = client.get(reverse("deadlines:calendar", args=[room.plan.pk])).content.decode()

    assert f"Enviado a revisión el {full_date(timezone.localdate())}" in html


def test_the_next_due_date_matches_the_reminders(room):
    published(update(room, datetime.date(2024, 1, 1), datetime.date(2024, 3, 20), rows={1: 30}))

    (reminded,) = load_due_summary(build_space_index(), 7, TODAY).reports

    assert due_statuses(room)[1] == (reminded.due_on.isoformat(), DueStatus.LATE)


def test_a_period_ending_in_a_longer_month_is_matched(room):
    published(update(room, datetime.date(2024, 1, 1), datetime.date(2024, 2, 29), rows={1: 30}))
    update(room, datetime.date(2024, 3, 1), datetime.date(2024, 5, 31))

    assert ("2024-05-29", DueStatus.DRAFT) in due_statuses(room)


def test_a_finished_commitment_owes_no_report(room):
    done = dict.fromkeys((1, 2), 100)
    published(update(room, datetime.date(2024, 1, 1), datetime.date(2024, 3, 20), rows=done))

    assert due_statuses(room) == [("2024-04-01", DueStatus.REPORTED)]


def test_a_later_report_replaces_a_missing_earlier_report(room):
    published(update(room, datetime.date(2024, 4, 1), datetime.date(2024, 6, 30)))

    assert due_statuses(room)[:2] == [("2024-04-01", DueStatus.NEVER), ("2024-07-01", DueStatus.REPORTED)]


def test_the_days_of_grace_are_not_late(room):
    days = build_calendar(room.editor, room.plan, datetime.date(2024, 4, 10))

    assert days[0].entries[0].status is DueStatus.PAST


@pytest.mark.both_databases
def test_an_institution_sees_its_own_commitments_only(client, room):
    axis = room.commitment.get_parent().specific
    other = published(factories.CommitmentPageFactory(parent=axis, code="1.2", title="Del sur", actions=1))
    groups = get_or_create_groups("Sur")
    south = create_space(SpaceKind.INSTITUTION, "Sur", "sur", create_review_workflow("Sur", groups.reviewers))
    assign_root(south, other)
    author, reviewer = person("autora", groups.editors), person("lectora", groups.reviewers)

    codes = {
        entry.commitment.code for day in build_calendar(author, room.plan, TODAY) for entry in day.entries
    }
    everything = {
        entry.commitment.code for day in build_calendar(room.reviewer, room.plan) for entry in day.entries
    }

    assert codes == {"1.2"}
    assert everything == {"1.1", "1.2"}
    client.force_login(reviewer)
    html = client.get(reverse("deadlines:calendar", args=[room.plan.pk])).content.decode()
    assert "Del sur" in html
    assert "Compromiso 1.1" not in html
    assert reverse("commitments:start_update", args=[other.pk]) not in html
    client.force_login(person("ajena", get_or_create_groups("Norte").editors))
    assert client.get(reverse("deadlines:calendar", args=[room.plan.pk])).status_code != 200


def test_the_calendar_links_reports_and_is_linked_from_pending_and_plan(client, room):
    draft = update(room, datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))
    client.force_login(room.editor)
    address = reverse("deadlines:calendar", args=[room.plan.pk])

    html = client.get(address).content.decode()
    missing = client.get(reverse("dashboard:pending")).content.decode()
    explorer = client.get(reverse("wagtailadmin_explore", args=[room.plan.pk])).content.decode()

    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in html
    assert reverse("commitments:start_update", args=[room.commitment.pk]) in html
    assert reverse("deadlines:calendars") in missing
    assert address in explorer
    assert address in client.get(reverse("deadlines:calendars")).content.decode()


def test_due_dates_are_exported_to_icalendar(client, room):
    client.force_login(room.editor)

    response = client.get(reverse("deadlines:calendar_file", args=[room.plan.pk]))

    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert response["Content-Type"].startswith("text/calendar")
    assert [event["SUMMARY"] for event in events] == ["Toca reportar: 1.1"] * 4
    assert events[0].decoded("dtstart") == datetime.date(2024, 4, 1)


def test_the_calendar_leaves_the_days_free_and_has_no_host_in_its_ids(client, room):
    room.plan.slug = "acción-2024"
    published(room.plan)
    client.force_login(room.editor)

    response = client.get(reverse("deadlines:calendar_file", args=[room.plan.pk]))

    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''acci%C3%B3n-2024.ics"
    assert {str(event["TRANSP"]) for event in events} == {"TRANSPARENT"}
    assert str(events[0]["UID"]) == f"{room.plan.translation_key}-2024-04-01"


@pytest.mark.both_databases
def test_the_size_of_the_plan_adds_no_queries(client, room):
    client.force_login(room.editor)
    address = reverse("deadlines:calendar", args=[room.plan.pk])
    client.get(address)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
        axis = room.commitment.get_parent().specific
        for step in range(3):
            published(factories.CommitmentPageFactory(parent=axis, code=f"9.{number}{step}", actions=1))

    assert counts[0] == counts[1] <= 20
