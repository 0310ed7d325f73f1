"""The front page of the admin says whose role does not count yet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from abierto.approval.roles.confirmation import confirm_account
from abierto.approval.roles.panels import find_confirmable
from tests.abierto.approval.newsroom import newsroom, person
from tests.abierto.approval.roles.test_confirmation import account_made_by, chosen_by_its_owner
from tests.pages.admin.worlds import signed_in

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")
WAITS = "espera que otra persona del equipo estatal lo confirme"


@pytest.fixture
def room():
    room = newsroom()
    room.colleague = person("colega", room.space.administrators)
    room.reader = chosen_by_its_owner(account_made_by(room.administrator, "ojos", room.space.reviewers))
    return room


def home(user):
    return signed_in(user).get(HOME).content.decode()


def test_person_reads_that_her_role_waits_and_who_can_confirm_it(room):
    page = home(room.reader)

    assert WAITS in page
    assert f"Pídelo a: {room.colleague.public_name}." in page
    assert room.administrator.public_name not in page.split("Pídelo a:")[1].split("</p>")[0].split("\n")[0]


def test_person_who_can_confirm_reads_whose_role_waits(room):
    page = home(room.colleague)

    assert "Estas personas no deciden hasta que" in page
    assert "(ojos)" in page
    assert reverse("approval_roles") in page
    assert "Estas personas no deciden hasta que" not in home(room.administrator)


def test_nothing_is_said_once_the_role_is_confirmed(room):
    confirm_account(room.reader, room.colleague)

    assert WAITS not in home(room.reader)
    assert "Estas personas no deciden hasta que" not in home(room.colleague)


def test_editor_whose_account_another_person_made_reads_nothing(room):
    writer = account_made_by(room.administrator, "letras", room.space.editors)

    assert "Otra persona fijó" not in home(writer)
    assert WAITS not in home(writer)


def test_reviewer_whose_password_another_person_set_reads_it(room):
    confirm_account(room.reader, room.colleague)
    reader = account_made_by(room.administrator, "otros-ojos", room.space.reviewers)

    assert "Otra persona fijó tu contraseña" in home(reader)


def test_confirmed_reviewers_cost_no_query_of_their_own(room):
    with CaptureQueriesContext(connection) as before:
        find_confirmable(room.colleague)
    for number in range(4):
        person(f"lectora-{number}", room.space.reviewers)
    with CaptureQueriesContext(connection) as after:
        find_confirmable(room.colleague)

    assert len(after) == len(before)
