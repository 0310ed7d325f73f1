"""«Qué me falta»: returned content, unsubmitted drafts, and due reports of the user."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from abierto.approval.models import ReviewTask
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.space_index import build_space_index
from abierto.dashboard.queries import find_own_drafts, find_returned, load_pending_work
from abierto.deadlines.due_reports import list_due_days, load_due_summary
from abierto.deadlines.models import DeadlineSettings
from abierto.progress.reporting import Notice
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.core.formatting import full_date
from pages.updates.models import ProgressUpdatePage
from tests.abierto.approval.newsroom import approve, draft_update, fresh, newsroom, person, submit
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Seven for the page; ten of every Wagtail screen: session, account, permissions, menu, languages.
BUDGET = 17


@pytest.fixture
def room():
    room = newsroom()
    running(room)
    return room


def running(room, start: int = 100, cadence: int = 3) -> None:
    """Set the start of the room's plan to ``start`` days ago."""
    plan = room.commitment.get_parent().get_parent().specific
    today = timezone.localdate()
    plan.period_start = today - datetime.timedelta(days=start)
    plan.period_end = today + datetime.timedelta(days=400)
    plan.cadence_months = cadence
    published(plan)


def screen(client, user) -> str:
    client.force_login(user)
    response = client.get(reverse("dashboard:pending"))
    assert response.status_code == 200
    return response.content.decode()


def give_back(room, update, reason: str) -> None:
    state = submit(update, room.editor)
    ReviewTask.objects.get(pk=state.task_id).on_action(state, room.reviewer, "reject", comment=reason)


def test_returned_content_shows_reason_and_reviewer(client, room):
    update = draft_update(room)
    give_back(room, update, "Falta la minuta de marzo.")

    html = screen(client, room.editor)

    assert "Falta la minuta de marzo." in html
    assert room.reviewer.public_name in html
    assert reverse("wagtailadmin_pages:edit", args=[update.pk]) in html
    assert not find_returned(room.reviewer).exists()


def test_resubmitted_content_is_not_pending(room):
    update = draft_update(room)
    give_back(room, update, "Falta la minuta.")
    state = fresh(update).current_workflow_state
    fresh(update).save_revision(user=room.editor)

    state.resume(room.editor)

    assert not find_returned(room.editor).exists()


@pytest.mark.both_databases
def test_drafts_are_pending_until_submitted(room):
    update = draft_update(room)
    update.save_revision(user=room.editor)

    assert [page.pk for page in find_own_drafts(room.editor)] == [update.pk]
    assert not find_own_drafts(room.reviewer).exists()
    state = submit(update, room.editor)
    assert not find_own_drafts(room.editor).exists()
    approve(state, room.reviewer)
    assert not find_own_drafts(room.editor).exists()


@pytest.mark.both_databases
def test_a_changed_public_page_is_pending(room):
    update = draft_update(room)
    approve(submit(update, room.editor), room.reviewer)
    live = fresh(update)
    live.title = "Corregido"
    live.save_revision(user=room.editor)

    assert [page.draft_title for page in find_own_drafts(room.editor)] == ["Corregido"]


@pytest.mark.parametrize(
    ("start", "notice"), [(10, None), (88, Notice.SOON), (100, Notice.PAST), (140, Notice.LATE)]
)
def test_a_report_is_shown_before_and_after_its_day(room, start, notice):
    running(room, start)

    reports = load_pending_work(room.editor, DeadlineSettings()).due.reports

    assert [report.notice for report in reports] == ([notice] if notice else [])
    assert {report.commitment.pk for report in reports} <= {room.commitment.pk}


@pytest.mark.both_databases
def test_a_published_report_is_not_due(room):
    running(room, 140)
    update = published(
        ProgressUpdatePageFactory(
            parent=room.commitment,
            period_start=timezone.localdate() - datetime.timedelta(days=90),
            period_end=timezone.localdate(),
            rows={1: 20, 2: 30},
        )
    )

    assert update.live
    assert load_pending_work(room.editor, DeadlineSettings()).due.reports == ()


@pytest.mark.both_databases
def test_reports_of_other_spaces_are_not_shown(client, room):
    running(room, 140)
    groups = get_or_create_groups("Norte")
    north = create_space(
        SpaceKind.INSTITUTION, "Norte", "norte", create_review_workflow("Norte", groups.reviewers)
    )
    assign_root(north, room.commitment)
    neighbour = person("vecina", groups.editors)

    assert room.commitment.title in screen(client, neighbour)
    assert load_pending_work(room.editor, DeadlineSettings()).due.reports == ()
    assert not load_pending_work(room.reviewer, DeadlineSettings())


@pytest.mark.both_databases
def test_pending_proofs_are_shown_by_action(client, room):
    means = [{"type": "means", "value": {"text": "Minuta firmada", "kind": "other", "cadence": "once"}}]
    promised = published(
        CommitmentPageFactory(
            parent=Page.objects.get(pk=room.commitment.get_parent().pk),
            code="1.9",
            actions=[{"title": "Firmar la minuta", "means": means}],
        )
    )

    proofs = load_pending_work(room.editor, DeadlineSettings()).due.proofs

    assert [(page.pk, figure.pending_count) for page, figure in proofs] == [(promised.pk, 1)]
    assert "Firmar la minuta" in screen(client, room.editor)


def test_the_dashboard_counts_pending_work(client, room):
    give_back(room, draft_update(room), "Falta algo.")
    client.force_login(room.editor)

    html = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Te lo devolvieron</a>: 1" in html


def late_draft(room):
    """Return a draft of the report that is late."""
    running(room, 140)
    today = timezone.localdate()
    period = {"period_start": today - datetime.timedelta(days=140), "period_end": today}
    return draft_update(room, **period)


def test_sent_report_is_no_longer_late_and_says_when_it_was_sent(client, room):
    update = late_draft(room)
    assert "Atrasado" in screen(client, room.editor)

    submit(update, room.editor)
    html = screen(client, room.editor)
    home = client.get(reverse("wagtailadmin_home")).content.decode()

    sent = f"Enviado a revisión el {full_date(timezone.localdate())}"
    assert "Atrasado" not in html
    assert sent in html
    assert reverse("wagtailadmin_pages:view_draft", args=[update.pk]) in html
    assert f"{room.commitment.code} {room.commitment.title}: {sent}" in home


def test_begun_report_is_continued_and_still_late(client, room):
    update = late_draft(room)

    html = screen(client, room.editor)

    assert "Atrasado" in html
    assert "Borrador sin enviar" in html
    assert reverse("wagtailadmin_pages:edit", args=[update.pk]) in html


def test_the_number_of_drafts_adds_no_queries(client, room):
    running(room, 140)
    axis = Page.objects.get(pk=room.commitment.get_parent().pk).specific
    counts = []
    for number in (1, 8):
        for step in range(number):
            commitment = published(CommitmentPageFactory(parent=axis, code=f"7.{number}{step}", actions=2))
            ProgressUpdatePageFactory(parent=commitment, owner=room.editor).save_revision(user=room.editor)
            give_back(
                room,
                ProgressUpdatePageFactory(
                    parent=commitment,
                    period_start=datetime.date(2022, 8, 1),
                    period_end=datetime.date(2022, 9, 1),
                ),
                "No.",
            )
        screen(client, room.editor)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("dashboard:pending"))
        counts.append(len(queries))

    assert ProgressUpdatePage.objects.count() == 18
    assert counts[0] == counts[1] <= BUDGET


def test_the_number_of_plans_adds_no_queries(client, room):
    running(room, 140)
    screen(client, room.editor)
    counts = []
    for time in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("dashboard:pending"))
        counts.append(len(queries))
        for number in range(5):
            plan = published(PlanPageFactory(slug=f"otro-{time}-{number}", title=f"Plan {number}"))
            axis = published(AxisPageFactory(parent=plan))
            published(CommitmentPageFactory(parent=axis, code=f"{number}.9", actions=2))

    assert counts[0] == counts[1] <= BUDGET


def test_a_commitment_with_dates_has_its_own_calendar(room):
    plan = room.commitment.get_parent().get_parent().specific
    room.commitment.start, room.commitment.end = datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)
    room.commitment.cadence_months = 6

    assert list_due_days(room.commitment, plan) == [
        datetime.date(2024, 7, 1),
        datetime.date(2025, 1, 1),
    ]


def test_a_concluded_plan_owes_no_reports(room):
    running(room, 300)
    plan = room.commitment.get_parent().get_parent().specific
    plan.status = "concluded"
    published(plan)

    assert load_due_summary(build_space_index(), 7).reports == ()
