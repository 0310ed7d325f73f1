"""The administrator of a municipality corrects its row in the registry; the state approves it."""

import pytest
from django.urls import reverse

from abierto.approval.errors import NotAllowed
from abierto.registry.models import Municipality
from abierto.spaces.registry_row import submit_row
from tests.abierto.approval.newsroom import approve
from tests.abierto.spaces.agreeing import build_towns
from tests.pages.admin.worlds import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROW = reverse("spaces:town_row")


@pytest.fixture
def room():
    return build_towns()


def row_of(town):
    return Municipality.objects.get(pk=town.municipality_id)


def sent(room, user, town=None, **changed):
    town = town or room.town
    values = {
        "external_site_url": "https://coroneo.example/",
        "external_site_source": "Acta, 2026",
        **changed,
    }
    form = {f"town-{town.pk}-{name}": value for name, value in values.items()}
    return signed_in(user).post(ROW, {"town": town.pk, **form}, follow=True)


def test_change_is_public_when_the_state_approved_it(room):
    page = sent(room, room.town.boss, name="Otro").content.decode()

    assert "Enviaste el cambio" in page
    assert "Ya hay un cambio de esta ficha en revisión" in page
    row = row_of(room.town)
    assert (row.live, row.external_site_url, row.name) == (True, "", "Coroneo")
    state = row.current_workflow_task_state
    assert state.task.specific.groups.get() == room.space.reviewers
    approve(state, room.reviewer)
    assert row_of(room.town).external_site_url == "https://coroneo.example/"
    assert row_of(room.town).space is None


def test_change_that_the_state_returned_is_sent_again(room):
    sent(room, room.town.boss)
    state = row_of(room.town).current_workflow_task_state
    state.task.specific.on_action(state, room.reviewer, "reject", comment="Falta el documento.")

    assert "Enviaste el cambio" in sent(room, room.town.boss, external_site_source="Acta 3").content.decode()
    approve(row_of(room.town).current_workflow_task_state, room.reviewer)
    assert row_of(room.town).external_site_source == "Acta 3"


def test_row_of_another_municipality_does_not_exist(room):
    assert sent(room, room.town.boss, room.neighbour).status_code == 404
    assert signed_in(room.town.editor).get(ROW).status_code == 404
    with pytest.raises(NotAllowed):
        submit_row(room.neighbour, {"external_site_url": "", "external_site_source": ""}, room.town.boss)
    url = reverse("wagtailsnippets_registry_municipality:edit", args=[room.town.municipality_id])
    assert signed_in(room.town.boss).get(url).status_code == 404


def test_draft_of_the_state_is_not_overwritten(room):
    row = row_of(room.town)
    row.aliases = "Villa"
    row.save_revision(user=room.editor)

    assert "tiene un borrador de esta ficha" in sent(room, room.town.boss).content.decode()
    assert row_of(room.town).get_latest_revision_as_object().aliases == "Villa"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "no es una dirección", "ftp://coroneo.example"])
def test_wrong_address_is_refused_by_field(room, address):
    page = sent(room, room.town.boss, external_site_url=address)

    assert page.context["rows"][0]["form"].errors["external_site_url"]
    assert not row_of(room.town).workflow_in_progress
