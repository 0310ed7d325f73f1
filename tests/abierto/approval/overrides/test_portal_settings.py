"""Portal settings: the state team changes them, on record, and every page shows them at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import Site

from abierto.approval.errors import NotAllowed
from abierto.approval.models import Approval, ApprovalKind
from abierto.tenancy.models import PortalSettings
from tests.abierto.approval.newsroom import newsroom, person
from tests.factories import published
from tests.security.newsdesk import town_hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return newsroom()


def address():
    return reverse("wagtailsettings:edit", args=["tenancy", "portalsettings", Site.objects.get().pk])


def test_without_settings_no_state_is_named(client, room):
    published(room.home)

    html = " ".join(client.get(room.home.url).content.decode().split())

    assert "<p> Gobierno abierto </p>" in html
    assert " · Abierto </title>" in html
    assert "<span>Abierto</span>" in html


def test_the_name_of_the_site_and_its_state_are_on_every_page(client, room):
    Site.objects.update(site_name="Abierto Guanajuato")
    PortalSettings.objects.create(site=Site.objects.get(), territory="Guanajuato")
    published(room.home)

    for answer in (client.get(room.home.url), client.get(reverse("search:results"))):
        html = " ".join(answer.content.decode().split())
        assert "Gobierno abierto del Estado de Guanajuato" in html
        assert " · Abierto Guanajuato </title>" in html
        assert "<span>Abierto<small>Guanajuato</small></span>" in html
        assert "Impreso desde Abierto Guanajuato." in html


def test_a_missing_page_names_the_portal(client, room):
    Site.objects.update(site_name="Abierto Guanajuato")

    answer = client.get("/no-existe/")

    assert answer.status_code == 404
    assert " · Abierto Guanajuato</title>" in answer.content.decode()


def test_state_administrators_change_the_territory_on_record(client, room):
    client.force_login(room.administrator)
    before = Approval.objects.count()
    assert client.get(address()).status_code == 200
    assert Approval.objects.count() == before

    answer = client.post(address(), {"territory": "Guanajuato"})

    row = Approval.objects.first()
    assert answer.status_code == 302
    assert PortalSettings.objects.get().territory == "Guanajuato"
    assert (row.kind, row.approver) == (ApprovalKind.DIRECT, room.administrator)
    assert row.comment == "ahora el portal dice que es el del estado de Guanajuato."


@pytest.mark.parametrize("who", ["editor", "reviewer", "mayor"])
def test_other_accounts_cannot_change_the_territory(client, room, who):
    account = person("alcaldia", town_hall().administrators) if who == "mayor" else getattr(room, who)
    client.force_login(account)

    client.post(address(), {"territory": "Otro Estado"})

    assert not PortalSettings.objects.exclude(territory="").exists()


def test_a_change_without_the_view_is_refused(room):
    settings = PortalSettings.objects.create(site=Site.objects.get())
    settings.territory = "Otro Estado"
    mayor = person("alcaldia", town_hall().administrators)

    with LogContext(user=mayor), pytest.raises((NotAllowed, PermissionDenied)):
        settings.save()


def test_the_official_mailbox_changes_on_record(client, room):
    client.force_login(room.administrator)

    answer = client.post(address(), {"territory": "", "contact_email": "buzon@portal.example"})

    row = Approval.objects.first()
    assert answer.status_code == 302
    assert (row.kind, row.comment) == (
        ApprovalKind.DIRECT,
        "ahora el correo oficial del portal es buzon@portal.example.",
    )
