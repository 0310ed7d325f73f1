"""A page that refers to non-public rows: its reviewer sees them with links to their reviews."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from abierto.approval.review.comparison import compare_versions
from abierto.registry.models import Institution, Person
from pages.plans.inlines import CommitmentParty
from tests.abierto.approval.newsroom import approve, fresh, newsroom, person, submit
from tests.factories import InstitutionFactory, PersonFactory
from tests.security.newsdesk import town_hall

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOTICE = "Nombra fichas del registro que no son públicas"


@pytest.fixture
def room():
    return newsroom()


def draft(model: type, name: str, author, **fields):
    """Return an unapproved row."""
    row = model(name=name, live=False, **fields)
    row.save()
    row.save_revision(user=author)
    return row


def institution(room, name: str, **fields) -> Institution:
    return draft(Institution, name, room.editor, kind="autonomous", **fields)


def submit_with_parties(room, *parties: tuple):
    """Submit a version of the commitment with these parties."""
    page = fresh(room.commitment)
    page.parties = [
        CommitmentParty(page=page, institution=where, person=who, sort_order=order)
        for order, (where, who) in enumerate(parties)
    ]
    return submit(page, room.editor)


def screen(client, user, state) -> str:
    client.force_login(user)
    return client.get(reverse("approval:review", args=[state.pk])).content.decode()


def test_each_draft_row_is_listed_once_with_its_review(client, room):
    new = institution(room, "Instituto Nuevo")
    new_person = draft(Person, "Ana Nueva", room.editor)
    waiting = submit(new, room.editor)

    html = screen(client, room.reviewer, submit_with_parties(room, (new, new_person), (new, None)))

    notice = html[html.index(NOTICE) : html.index("Campo por campo")]
    assert notice.count("Instituto Nuevo (institución, borrador)") == 1
    assert f'href="{reverse("approval:review", args=[waiting.pk])}"' in notice
    assert "Ana Nueva (persona, borrador)" in notice
    assert "nadie la envió a revisión" in notice


def test_public_rows_are_not_listed(client, room):
    html = screen(client, room.reviewer, submit_with_parties(room, (InstitutionFactory(), PersonFactory())))

    assert NOTICE not in html


def test_approved_rows_are_not_listed(client, room):
    new = institution(room, "Instituto Nuevo")
    state = submit_with_parties(room, (new, None))
    assert NOTICE in screen(client, room.reviewer, state)

    approve(submit(new, room.editor), room.reviewer)

    assert NOTICE not in screen(client, room.reviewer, state)


def test_rows_removed_from_the_page_are_not_listed(room):
    new = institution(room, "Instituto Nuevo")
    old = submit_with_parties(room, (new, None)).revision.as_object()
    page = fresh(room.commitment)
    page.parties = []

    assert compare_versions(old, page).draft_rows == ()
    assert compare_versions(page, old).draft_rows == (new,)


def test_a_review_of_another_space_is_listed_without_a_link(client, room):
    town = town_hall()
    new = institution(room, "Ayuntamiento Nuevo", space=town)
    writer = person("escribe", town.editors)
    waiting = submit(new, writer)

    html = screen(client, room.reviewer, submit_with_parties(room, (new, None)))

    assert "la revisa otro equipo" in html
    assert reverse("approval:review", args=[waiting.pk]) not in html


def test_a_reviewed_row_lists_its_own_draft_rows(client, room):
    new = institution(room, "Instituto Nuevo")
    old = institution(room, "Instituto Viejo", successor=new)

    html = screen(client, room.reviewer, submit(old, room.editor))

    assert "Instituto Nuevo (institución, borrador)" in html


@pytest.mark.parametrize("number", [1, 9])
def test_the_number_of_draft_rows_adds_no_queries(client, room, number):
    def cost(rows: list[Institution]) -> int:
        state = submit_with_parties(room, *((row, None) for row in rows))
        screen(client, room.reviewer, state)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(reverse("approval:review", args=[state.pk])).content.decode()
        state.workflow_state.cancel(user=room.editor)
        assert (NOTICE in html) == (not rows[0].live)
        return len(queries)

    drafts = [institution(room, f"Instituto {step}") for step in range(number)]
    for row in drafts:
        submit(row, room.editor)

    assert cost(drafts) - cost([InstitutionFactory() for _step in range(number)]) == 1
