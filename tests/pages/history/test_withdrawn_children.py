"""Withdrawn child pages in the history of their parent."""

import pytest
from wagtail.models import PageViewRestriction

from abierto.tenancy.provisioning import assign_root
from tests import factories
from tests.abierto.approval.newsroom import fresh
from tests.factories import published
from tests.pages.history.scenario import at, deleted, history, republish, withdrawn
from tests.security.newsdesk import town_hall

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


def test_a_withdrawn_child_is_listed_without_its_title(client, room, page):
    child = published(factories.StandardPageFactory(title="La denuncia de Juana", parent=page))
    withdrawn(room, child, "Tenía datos personales.")

    html = client.get(at(page)).content.decode()

    assert "Se retiró de aquí una página: página de texto" in html
    assert "Tenía datos personales." in html
    assert "Juana" not in html
    assert f"historial/{child.pk}/" not in html
    assert client.get(child.url).status_code == 404


def test_a_deleted_child_is_listed(client, room, page):
    deleted_child, taken_down = (
        published(factories.StandardPageFactory(title=title, parent=page)) for title in ("Juana", "Inés")
    )
    deleted(room, deleted_child, "Tenía datos personales.")
    withdrawn(room, taken_down, "Decía lo que no era.")
    fresh(taken_down).delete()

    entries = [(entry.event, entry.comment) for entry in history(client, page)[:2]]

    assert entries == [
        ("Se retiró de aquí una página: página de texto", "Decía lo que no era."),
        ("Se retiró de aquí una página: página de texto", "Tenía datos personales."),
    ]
    assert "Juana" not in client.get(at(page)).content.decode()


def test_a_republished_child_is_not_listed_as_withdrawn(client, room, page):
    child = published(factories.StandardPageFactory(title="Requisitos", parent=page))
    withdrawn(room, child, "Se revisa.")
    republish(room, child)

    assert "Se revisa." not in client.get(at(page)).content.decode()


def test_a_deleted_draft_is_not_listed(client, room, page):
    child = published(factories.StandardPageFactory(title="Reservada", parent=page))
    PageViewRestriction.objects.create(page=child, restriction_type="login")
    deleted(room, child, "Ya no hace falta.")

    assert "Ya no hace falta" not in client.get(at(page)).content.decode()


def test_children_of_another_space_are_not_listed(client, room, page):
    town = town_hall()
    root = published(factories.StandardPageFactory(title="Ayuntamiento", parent=room.home))
    assign_root(town, root)
    withdrawn(room, root, "Cambió la administración.")

    assert "Cambió la administración" not in client.get(at(room.home)).content.decode()


def test_a_withdrawn_private_child_is_not_listed(client, room, page):
    child = published(factories.StandardPageFactory(title="Reservada", parent=page))
    PageViewRestriction.objects.create(page=child, restriction_type="login")
    withdrawn(room, child, "Ya no hace falta.")

    assert "Ya no hace falta" not in client.get(at(page)).content.decode()
