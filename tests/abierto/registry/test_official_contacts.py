"""The list of official contacts: who writes it, where it counts, and what can never be on it."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from abierto.approval.confirmations.scanned_version import ScannedVersion
from abierto.approval.conflicts.versions import load_current_version
from abierto.approval.review.decisions import build_token
from abierto.approval.review.private_data import official_contacts
from abierto.privacy.contacts import normalize_contact
from abierto.privacy.scanning import scan
from abierto.registry.enums import ContactKind
from abierto.registry.models import OfficialContact
from abierto.tenancy.provisioning import assign_root
from tests import factories
from tests.abierto.approval.newsroom import fresh, ledger, newsroom, person
from tests.abierto.privacy import identities
from tests.municipal_factories import OfficialContactFactory
from tests.security.newsdesk import town_hall

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PHONE = "473 102 27 00"
NUMBERS = random.Random(3)


@pytest.fixture
def room():
    return newsroom()


@pytest.fixture
def town():
    return town_hall()


def url(name: str, *keys: object) -> str:
    return reverse(OfficialContact.snippet_viewset.get_url_name(name), args=keys)


def form(**changed: object) -> dict[str, object]:
    return {"kind": "phone", "value": PHONE, "office": "Oficina", "source": "Directorio", **changed}


def page_of(space, text: str):
    """Return a page of ``space`` with ``text``."""
    page = factories.StandardPageFactory(parent=factories.home(), summary=text)
    assign_root(space, page)
    return page


def found(space, text: str) -> list[str]:
    return [placed.finding.type.value for placed in ScannedVersion(page_of(space, text)).findings]


# --- Where it counts -----------------------------------------------------------------------------------

TEXTS = {
    "phone": (PHONE, "Llama al teléfono +52 (473) 102-2700 y pide informes", "PHONE"),
    "extension": (f"{PHONE} ext. 12", "Llama al teléfono 01 473 1022700 y pide informes", "PHONE"),
    "email": ("oficina.coroneo@gmail.com", "Escribe a Oficina.Coroneo@GMAIL.com", "EMAIL"),
    "address": ("Paseo de la Presa 103", "Vive en Paseo de la Presa número 103, colonia Centro", "ADDRESS"),
    "short": ("Av. 5 de Mayo No. 8, int. 2", "Vive en avenida 5 de Mayo 8 interior 2", "ADDRESS"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_approved_contact_passes_in_its_space_and_in_no_other(room, town, name):
    value, text, kind = TEXTS[name]
    assert found(town, text) == [kind]

    OfficialContactFactory(value=value, kind=kind.lower(), space=town)

    assert found(town, text) == []
    assert found(room.space, text) == [kind]


def test_draft_allows_nothing(town):
    OfficialContactFactory(value=PHONE, space=town, live=False)

    assert normalize_contact(PHONE) not in official_contacts(town)


def test_contact_without_a_space_counts_everywhere(room, town):
    OfficialContactFactory(value=PHONE)

    assert all(normalize_contact(PHONE) in official_contacts(space) for space in (room.space, town, None))


def test_contact_of_the_state_does_not_count_in_a_town(room, town):
    OfficialContactFactory(value=PHONE, space=room.space)

    assert normalize_contact(PHONE) in official_contacts(None)
    assert normalize_contact(PHONE) not in official_contacts(town)


def test_another_unit_of_an_allowed_address_is_a_finding(town):
    OfficialContactFactory(value="Calle Hidalgo 5, local 1", kind=ContactKind.ADDRESS, space=town)

    assert found(town, "Vive en calle Hidalgo 5, local 1") == []
    assert found(town, "Vive en calle Hidalgo 5, interior 3") == ["ADDRESS"]
    assert found(town, "Vive en calle Hidalgo 55") == ["ADDRESS"]


# --- What can be on it ---------------------------------------------------------------------------------

NEVER = {
    "curp": identities.curp(NUMBERS),
    "rfc": f"RFC {identities.rfc(NUMBERS)}",
    "card": f"tarjeta {identities.card(NUMBERS)}",
    "clabe": f"CLABE {identities.clabe(NUMBERS)}",
    "nss": f"NSS {identities.nss(NUMBERS)}",
    "with phone": f"{PHONE} {identities.curp(NUMBERS)}",
}


@pytest.mark.parametrize("kind", ContactKind.values)
@pytest.mark.parametrize("name", NEVER)
def test_no_other_kind_of_datum_can_be_allowed(town, name, kind):
    with pytest.raises(ValidationError) as refusal:
        OfficialContact(
            kind=kind, value=NEVER[name], office="Oficina", source="Lista", space=town
        ).full_clean()
    assert refusal.value.message_dict.keys() == {"value"}


@pytest.mark.parametrize("name", ["curp", "rfc", "card", "clabe", "nss"])
def test_detectors_of_other_kinds_do_not_read_the_list(name):
    """What is written past the form opens nothing."""
    text = f"El dato es {NEVER[name]}."

    assert scan(text, {normalize_contact(NEVER[name]), NEVER[name]}) == scan(text) != []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "123"),
        ("phone", "473 102 27 00 y 473 102 27 01"),
        ("phone", "oficina"),
        ("email", "oficina"),
        ("email", "a@b.mx, c@d.mx"),
        ("address", "Guanajuato"),
        ("address", "103"),
    ],
)
def test_what_is_no_contact_of_its_kind_is_refused_with_an_example(client, town, kind, value):
    client.force_login(person("edita-pueblo", town.editors))
    html = client.post(url("add"), form(kind=kind, value=value, space=town.pk)).content.decode()

    assert "Escribe" in html
    assert not OfficialContact.objects.exists()


# --- Who writes it -------------------------------------------------------------------------------------


def test_a_contact_is_written_and_approved_by_two_people_of_the_space(client, room, town):
    client.force_login(person("edita-pueblo", town.editors))
    client.post(url("add"), form(space=town.pk))
    row = OfficialContact.objects.get()
    opened = {"opened_version": str(load_current_version(row))}
    assert "action-publish" not in client.get(url("edit", row.pk)).content.decode()
    client.post(url("edit", row.pk), form(space=town.pk) | opened | {"action-submit": "1"})
    assert normalize_contact(PHONE) not in official_contacts(town)
    state = fresh(row).current_workflow_task_state
    review = reverse("approval:review", args=[state.pk])

    client.force_login(person("revisa-pueblo", town.reviewers))
    assert "podrá aparecer en los textos" in client.get(review).content.decode()
    client.post(review, {"action": "approve", "comment": "", "token": build_token(state.revision)})

    assert fresh(row).live
    assert ledger(row) == ["review"]
    assert normalize_contact(PHONE) in official_contacts(town)


def test_a_space_lists_its_own_contacts_and_the_state_all(client, room, town):
    OfficialContactFactory(office="Del pueblo", space=town, live=False)
    OfficialContactFactory(office="Del estado", space=room.space)
    OfficialContactFactory(office="De todos")

    def listed(user) -> set[str]:
        client.force_login(user)
        return {row.office for row in client.get(url("list")).context["object_list"]}

    assert listed(person("edita-pueblo", town.editors)) == {"Del pueblo", "De todos"}
    assert listed(room.editor) == {"Del pueblo", "Del estado", "De todos"}


def test_spaces_of_an_earlier_version_may_write_it_after_the_upgrade(town):
    town.editors.permissions.filter(codename="add_officialcontact").delete()
    town.editors.permissions.clear()

    call_command("migrate", verbosity=0)

    assert town.editors.permissions.filter(codename="add_officialcontact").exists()
