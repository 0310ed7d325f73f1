"""A page that names rows that are not public: whoever reviews it is told, and led to their review."""

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

pytestmark = pytest.mark.django_db

NOTICE = "Nombra fichas del registro que no son públicas"


@pytest.fixture
def room():
    return newsroom()


def draft(model: type, name: str, author, **fields):
    """Return a row that nobody has approved."""
    row = model(name=name, live=False, **fields)
    row.save()
    row.save_revision(user=author)
    return row


def institution(room, name: str, **fields) -> Institution:
    return draft(Institution, name, room.editor, kind="autonomous", **fields)


def naming(room, *parties: tuple):
    """Send a version of the commitment with these parties to review."""
    page = fresh(room.commitment)
    page.parties = [
        CommitmentParty(page=page, institution=where, person=who, sort_order=order)
        for order, (where, who) in enumerate(parties)
    ]
    return submit(page, room.editor)


def screen(client, user, state) -> str:
    client.force_login(user)
    return client.get(reverse("approval:review", args=[state.pk])).content.decode()


def test_it_names_each_once_and_leads_to_its_review(client, room):
    new = institution(room, "Instituto Nuevo")
    somebody = draft(Person, "Ana Nueva", room.editor)
    waiting = submit(new, room.editor)

    html = screen(client, room.reviewer, naming(room, (new, somebody), (new, None)))

    notice = html[html.index(NOTICE) : html.index("Campo por campo")]
    assert notice.count("Instituto Nuevo (institución, borrador)") == 1
    assert f'href="{reverse("approval:review", args=[waiting.pk])}"' in notice
    assert "Ana Nueva (persona, borrador)" in notice
    assert "nadie la envió a revisión" in notice


def test_what_is_public_is_not_named(client, room):
    html = screen(client, room.reviewer, naming(room, (InstitutionFactory(), PersonFactory())))

    assert NOTICE not in html


def test_once_approved_it_is_not_named_any_more(client, room):
    new = institution(room, "Instituto Nuevo")
    state = naming(room, (new, None))
    assert NOTICE in screen(client, room.reviewer, state)

    approve(submit(new, room.editor), room.reviewer)

    assert NOTICE not in screen(client, room.reviewer, state)


def test_what_the_page_no_longer_names_does_not_count(room):
    new = institution(room, "Instituto Nuevo")
    old = naming(room, (new, None)).revision.as_object()
    page = fresh(room.commitment)
    page.parties = []

    assert compare_versions(old, page).draft_rows == ()
    assert compare_versions(page, old).draft_rows == (new,)


def test_a_review_of_another_space_is_shown_but_not_opened(client, room):
    town = town_hall()
    new = institution(room, "Ayuntamiento Nuevo", space=town)
    writer = person("escribe", town.editors)
    waiting = submit(new, writer)

    html = screen(client, room.reviewer, naming(room, (new, None)))

    assert "la revisa otro equipo" in html
    assert reverse("approval:review", args=[waiting.pk]) not in html


def test_a_row_under_review_that_names_another_draft_tells_it_too(client, room):
    new = institution(room, "Instituto Nuevo")
    old = institution(room, "Instituto Viejo", successor=new)

    html = screen(client, room.reviewer, submit(old, room.editor))

    assert "Instituto Nuevo (institución, borrador)" in html


@pytest.mark.parametrize("number", [1, 9])
def test_telling_it_costs_one_query_however_many_there_are(client, room, number):
    def cost(rows: list[Institution]) -> int:
        state = naming(room, *((row, None) for row in rows))
        screen(client, room.reviewer, state)
        with CaptureQueriesContext(connection) as asked:
            html = client.get(reverse("approval:review", args=[state.pk])).content.decode()
        state.workflow_state.cancel(user=room.editor)
        assert (NOTICE in html) == (not rows[0].live)
        return len(asked)

    drafts = [institution(room, f"Instituto {step}") for step in range(number)]
    for row in drafts:
        submit(row, room.editor)

    assert cost(drafts) - cost([InstitutionFactory() for _step in range(number)]) == 1
