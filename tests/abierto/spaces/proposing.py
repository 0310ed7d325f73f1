"""The state proposes and confirms a municipality, for the tests of both."""

import re

from django.urls import reverse

from abierto.accounts.models import User
from abierto.spaces.models import MunicipalityProposal
from abierto.tenancy.models import Space
from tests.abierto.approval.newsroom import newsroom, person
from tests.factories import MunicipalityFactory
from tests.pages.admin.worlds import signed_in
from tests.shared_rows import built_once

PROPOSE, PROPOSALS = reverse("spaces:propose"), reverse("spaces:proposals")
PEOPLE = (
    ("Ana", "ana@example.org", "editor"),
    ("Rita", "rita@example.org", "reviewer"),
    ("Alma", "alma@example.org", "administrator"),
)


@built_once
def build_room():
    room = newsroom()
    room.boss = person("jefa", room.space.administrators)
    room.other_boss = person("jefe", room.space.administrators)
    room.town = MunicipalityFactory(code="11010", name="Coroneo")
    room.neighbour = MunicipalityFactory(code="11005", name="Apaseo el Grande")
    return room


def sent(town, *people, **changed):
    form = {
        "municipality": town.pk, "title": "", "band_color": "#1d3b91", "accent_color": "#1d3b91",
        "presentation": "Un gobierno abierto.", "review": "own",
        "accounts-TOTAL_FORMS": "4", "accounts-INITIAL_FORMS": "0",
    }  # fmt: skip
    for number in range(4):
        first_name, email, role = people[number] if number < len(people) else ("", "", "editor")
        values = {"first_name": first_name, "last_name": "", "email": email, "role": role}
        form |= {f"accounts-{number}-{name}": value for name, value in values.items()}
    return {**form, **changed}


def chosen(user):
    """Return the checkboxes that the screen shows to ``user``."""
    page = signed_in(user).get(PROPOSALS).content.decode()
    return {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page) for name in ("municipality", "reviewer")
    }


def confirm(user, **values):
    return signed_in(user).post(PROPOSALS, {"confirm": "", **values}, follow=True).content.decode()


def propose(room, town=None, *people, **changed):
    response = signed_in(room.boss).post(PROPOSE, sent(town or room.town, *(people or PEOPLE), **changed))
    assert response.status_code == 302, response.content.decode()
    return MunicipalityProposal.objects.latest("pk")


def provisioned(room):
    propose(room)
    confirm(room.other_boss, **chosen(room.other_boss))
    return Space.objects.get(municipality_link__municipality=room.town)


def account(name):
    return User.objects.get(username=f"{name}@example.org")
