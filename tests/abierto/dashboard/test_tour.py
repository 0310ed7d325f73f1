"""The five steps of an editor's first day."""

import pytest
from django.urls import reverse

from abierto.dashboard.tour import load_steps
from tests.abierto.approval.newsroom import approve, draft_update, newsroom, submit

pytestmark = pytest.mark.django_db

HEADING = "Tu primer día, en cinco pasos"


@pytest.fixture
def room():
    return newsroom()


def home(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_editor_sees_five_steps_and_a_reviewer_none(client, room):
    assert HEADING in home(client, room.editor)
    assert [step.is_done for step in load_steps(room.editor)][1:] == [False] * 4
    assert HEADING not in home(client, room.reviewer)


def test_steps_are_done_by_working(room, django_assert_num_queries):
    room.editor.first_name, room.editor.last_name, room.editor.post = "Ana", "Solís", "Enlace"
    room.editor.save()
    update = draft_update(room)
    update.evidence = [("evidence", {"title": "Minuta", "url": "https://ejemplo.mx/minuta"})]
    state = submit(update, room.editor)
    with django_assert_num_queries(1):
        assert [step.is_done for step in load_steps(room.editor)][1:2] == [True]

    approve(state, room.reviewer)

    done = [step.is_done for step in load_steps(room.editor)]
    assert (done[0], *done[1:]) == (True,) * 5


def test_closed_steps_stay_closed_for_that_account_only(client, room):
    client.force_login(room.editor)
    address = reverse("dashboard:dismiss_tour")

    assert client.get(address).status_code == 405
    assert client.post(address).headers["Location"] == reverse("wagtailadmin_home")

    assert HEADING not in home(client, room.editor)
    assert HEADING in home(client, room.both)
