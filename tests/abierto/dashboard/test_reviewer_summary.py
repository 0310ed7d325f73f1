"""The dashboard of a reviewer without pending reviews: her spaces, next reports and last decisions."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from abierto.approval.models import ReviewTask
from abierto.approval.review.space_index import build_space_index
from abierto.dashboard.reviewer_summary import summarize_for_reviewer
from abierto.dashboard.services import set_second_step
from abierto.registry.models import Institution
from abierto.tenancy.provisioning import assign_root
from pages.core.formatting import full_date
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, newsroom, person, submit
from tests.abierto.dashboard.test_pending import running
from tests.factories import published
from tests.security.newsdesk import town_hall

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOTHING = "Nada espera tu revisión"
# Without the summary, the dashboard of a reviewer takes 24 queries.
BUDGET = 24 + 2 + 2  # the page, the summary, the roles that are not confirmed


@pytest.fixture
def room():
    return newsroom()


def dashboard_html(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def load_summary(user):
    return summarize_for_reviewer(user, build_space_index(user))


def give_back(state, user) -> None:
    ReviewTask.objects.get(pk=state.task_id).on_action(state, user, "reject", comment="Falta.")


def test_the_summary_shows_her_spaces_and_an_empty_queue(client, room):
    html = dashboard_html(client, room.reviewer)

    assert NOTHING in html
    assert "Revisas: Estado." in html


def test_a_pending_review_hides_the_summary(client, room):
    update = draft_update(room)
    submit(update, room.editor)

    html = dashboard_html(client, room.reviewer)

    assert NOTHING not in html
    assert update.get_admin_display_title() in html


@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_a_user_without_reviews_sees_no_summary(client, room, who):
    assert load_summary(getattr(room, who)) is None
    assert NOTHING not in dashboard_html(client, getattr(room, who))


def test_the_second_step_counts_as_reviewing(room):
    town = town_hall()
    assign_root(town, room.commitment)
    assert load_summary(room.reviewer).spaces == ("Estado",)

    set_second_step(town, True, room.administrator)

    assert load_summary(room.reviewer).spaces == tuple(sorted(["Estado", town.name]))


def test_decisions_are_listed_newest_first_with_links(client, room):
    update, report = draft_update(room), factories.StandardPageFactory(parent=room.home, title="El trimestre")
    approve(submit(update, room.editor), room.reviewer)
    give_back(submit(report, room.editor), room.reviewer)
    row = Institution(name="Instituto", kind="autonomous", live=False)
    row.save()
    give_back(submit(row, room.editor), room.reviewer)

    html = dashboard_html(client, room.reviewer)

    decisions = html[html.index("Lo último que decidiste") :]
    order = [
        "Instituto",
        "Devolviste",
        report.title,
        "Devolviste",
        update.get_admin_display_title(),
        "Aprobaste",
    ]
    found = -1
    for word in order:
        found = decisions.index(word, found + 1)
    addresses = [
        reverse("pages:history", args=[update.pk]),
        reverse("wagtailadmin_explore", args=[report.pk]),
    ]
    for address in addresses:
        assert f'href="{address}"' in decisions
        assert client.get(address).status_code == 200
    assert load_summary(room.both).decided == []


def test_the_next_report_of_her_spaces_is_shown(client, room):
    running(room, 60)
    summary = load_summary(room.reviewer)

    assert summary.next_day is not None
    assert summary.next_day > timezone.localdate()
    assert (summary.next_total, summary.past) == (1, 0)
    assert f"El próximo reporte toca el {full_date(summary.next_day)}." in dashboard_html(
        client, room.reviewer
    )
    later = summarize_for_reviewer(
        room.reviewer, build_space_index(room.reviewer), summary.next_day + datetime.timedelta(days=1)
    )
    assert (later.next_day, later.past) == (None, 1)


def test_reports_of_other_spaces_are_not_shown(room):
    running(room, 60)
    town = town_hall()
    assign_root(town, published(factories.StandardPageFactory(parent=room.home)))
    neighbour = person("vecina", town.reviewers)

    assert load_summary(neighbour).spaces == (town.name,)
    assert load_summary(neighbour).next_day is None


def test_an_editor_sees_due_reports_only_once(client, room):
    running(room, 60)

    assert not load_summary(room.both).shows_reports
    assert "El próximo reporte" not in dashboard_html(client, room.both)


def test_the_summary_costs_two_queries(client, room):
    def cost() -> int:
        dashboard_html(client, room.reviewer)
        with CaptureQueriesContext(connection) as queries:
            assert NOTHING in client.get(reverse("wagtailadmin_home")).content.decode()
        return len(queries)

    running(room, 60)
    assert cost() <= BUDGET
    few = cost()
    for number in range(4):
        row = Institution(name=f"Instituto {number}", kind="autonomous", live=False)
        row.save()
        give_back(submit(row, room.editor), room.reviewer)

    assert cost() == few
