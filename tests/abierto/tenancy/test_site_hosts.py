"""The host of a site, as the state's administrators set it."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from tests.abierto.approval.newsroom import newsroom
from tests.pages.admin.worlds import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "coroneo.example", "apaseo.example"]
    room = newsroom()
    Site.objects.create(
        hostname="apaseo.example", port=80, root_page=room.commitment, site_name="Apaseo abierto"
    )
    return room


def sent(room, host, **changed):
    form = {
        "hostname": host, "port": 80, "site_name": "Coroneo abierto", "root_page": room.home.pk, **changed,
    }  # fmt: skip
    return signed_in(room.superuser).post(reverse("wagtailsites:add"), form)


@pytest.mark.parametrize(
    ("host", "error"),
    [
        ("apaseo.example", "El sitio «Apaseo abierto» ya tiene ese nombre"),
        ("silao.example", "Este servidor no atiende «silao.example»"),
        ("Coroneo.example", "en minúsculas"),
        ("coroneo.example.", "sin punto al final"),
        ("coroneo.example:8000", "Escribe el puerto en su campo"),
        ("https://coroneo.example", "Escribe solo el nombre"),
        ("coroneo.example/inicio", "Escribe solo el nombre"),
        ("coroneo example", "Escribe solo el nombre"),
        ("-coroneo.example", "Escribe solo el nombre"),
        ("coroneo..example", "Escribe solo el nombre"),
        ("coroneo.ejemplo_mx", "Escribe solo el nombre"),
        ("*", "Escribe solo el nombre"),
    ],
)
def test_host_that_leads_nowhere_or_elsewhere_is_refused_by_field(room, host, error):
    answer = sent(room, host)

    assert answer.status_code == 200
    assert error in str(answer.context["form"].errors["hostname"])
    assert Site.objects.count() == 2


def test_host_of_another_site_is_refused_on_another_port_too(room):
    assert "ya tiene ese nombre" in str(sent(room, "apaseo.example", port=443).context["form"].errors)


def test_free_host_is_set(room):
    assert sent(room, "coroneo.example").status_code == 302
    assert Site.objects.get(hostname="coroneo.example").site_name == "Coroneo abierto"


def test_host_is_checked_when_it_changes(room):
    site = Site.objects.get(hostname="apaseo.example")
    Site.objects.filter(pk=site.pk).update(hostname="viejo.example")
    url = reverse("wagtailsites:edit", args=[site.pk])
    form = {"hostname": "viejo.example", "port": 80, "site_name": "Apaseo", "root_page": site.root_page_id}

    assert signed_in(room.superuser).post(url, form).status_code == 302
    assert signed_in(room.superuser).post(url, form | {"hostname": "otro.example"}).status_code == 200
    assert Site.objects.get(pk=site.pk).hostname == "viejo.example"


def test_editor_sets_no_host(room):
    assert signed_in(room.editor).get(reverse("wagtailsites:add")).status_code != 200
