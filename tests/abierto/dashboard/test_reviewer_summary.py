"""The front page of a reviewer for whom nothing waits: what she reviews, what comes, what she decided."""

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

pytestmark = pytest.mark.django_db

NOTHING = "Nada espera tu revisión"
# What the front page of a reviewer asked before it said any of this was 24.
BUDGET = 24 + 2


@pytest.fixture
def room():
    return newsroom()


def front(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def rest(user):
    return summarize_for_reviewer(user, build_space_index(user))


def give_back(state, user) -> None:
    ReviewTask.objects.get(pk=state.task_id).on_action(state, user, "reject", comment="Falta.")


def test_it_says_what_she_reviews_and_that_nothing_waits(client, room):
    html = front(client, room.reviewer)

    assert NOTHING in html
    assert "Revisas: Estado." in html


def test_with_something_waiting_there_is_only_the_queue(client, room):
    update = draft_update(room)
    submit(update, room.editor)

    html = front(client, room.reviewer)

    assert NOTHING not in html
    assert update.title in html


@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_who_reviews_nowhere_is_shown_nothing(client, room, who):
    assert rest(getattr(room, who)) is None
    assert NOTHING not in front(client, getattr(room, who))


def test_the_second_step_counts_as_reviewing(room):
    town = town_hall()
    assign_root(town, room.commitment)
    assert rest(room.reviewer).spaces == ("Estado",)

    set_second_step(town, True, room.administrator)

    assert rest(room.reviewer).spaces == tuple(sorted(["Estado", town.name]))


def test_what_she_decided_last_comes_first_and_leads_to_what_became_of_it(client, room):
    update, report = draft_update(room), factories.StandardPageFactory(parent=room.home, title="El trimestre")
    approve(submit(update, room.editor), room.reviewer)
    give_back(submit(report, room.editor), room.reviewer)
    row = Institution(name="Instituto", kind="autonomous", live=False)
    row.save()
    give_back(submit(row, room.editor), room.reviewer)

    html = front(client, room.reviewer)

    said = html[html.index("Lo último que decidiste") :]
    order = ["Instituto", "Devolviste", report.title, "Devolviste", update.title, "Aprobaste"]
    found = -1
    for word in order:
        found = said.index(word, found + 1)
    addresses = [
        reverse("pages:history", args=[update.pk]),
        reverse("wagtailadmin_explore", args=[report.pk]),
    ]
    for address in addresses:
        assert f'href="{address}"' in said
        assert client.get(address).status_code == 200
    assert rest(room.both).decided == []


def test_the_next_report_of_what_she_reviews_is_shown(client, room):
    running(room, 60)
    told = rest(room.reviewer)

    assert told.next_day is not None
    assert told.next_day > timezone.localdate()
    assert (told.next_total, told.past) == (1, 0)
    assert f"El próximo reporte toca el {full_date(told.next_day)}." in front(client, room.reviewer)
    later = summarize_for_reviewer(
        room.reviewer, build_space_index(room.reviewer), told.next_day + datetime.timedelta(days=1)
    )
    assert (later.next_day, later.past) == (None, 1)


def test_the_reports_of_others_are_not_hers(room):
    running(room, 60)
    town = town_hall()
    assign_root(town, published(factories.StandardPageFactory(parent=room.home)))
    neighbour = person("vecina", town.reviewers)

    assert rest(neighbour).spaces == (town.name,)
    assert rest(neighbour).next_day is None


def test_who_edits_too_reads_of_reports_in_one_place_only(client, room):
    running(room, 60)

    assert not rest(room.both).shows_reports
    assert "El próximo reporte" not in front(client, room.both)


def test_it_costs_two_queries_more_whatever_there_is(client, room):
    def cost() -> int:
        front(client, room.reviewer)
        with CaptureQueriesContext(connection) as asked:
            assert NOTHING in client.get(reverse("wagtailadmin_home")).content.decode()
        return len(asked)

    running(room, 60)
    assert cost() <= BUDGET
    few = cost()
    for number in range(4):
        row = Institution(name=f"Instituto {number}", kind="autonomous", live=False)
        row.save()
        give_back(submit(row, room.editor), room.reviewer)

    assert cost() == few
