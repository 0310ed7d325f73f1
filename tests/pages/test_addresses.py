"""Every full address is that of ``ABIERTO_BASE_URL``, whatever host a request names."""

import datetime
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Site

from abierto.addresses import page_url
from abierto.settings import environment
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    SessionPageFactory,
    home,
    published,
)
from tests.repository.files import ROOT

PORTAL = "https://abierto.example.org"
FULL_ADDRESS = re.compile(r'(?:href|content)="(https?://(?!wa\.me/)[^"]*)"')
REQUEST_ADDRESS = re.compile(r"build_absolute_uri|\.full_url\b|get_full_url|root_url")


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.WAGTAILADMIN_BASE_URL = PORTAL


@pytest.mark.django_db
def test_a_page_names_the_portal_in_every_full_address(client):
    axis = AxisPageFactory(parent=PlanPageFactory(slug="plan"))
    page = published(CommitmentPageFactory(parent=axis, code="1.1"))
    published(home())

    for path in (page.url, home().url, "/buscar/"):
        html = client.get(path, headers={"host": "127.0.0.1"}).content.decode()

        assert {address[: len(PORTAL)] for address in FULL_ADDRESS.findall(html)} <= {PORTAL}
        assert "localhost" not in html
        assert "127.0.0.1" not in html
    assert f"{PORTAL}/compromiso/plan/1.1/" in client.get(page.url).content.decode()


@pytest.mark.django_db
def test_a_calendar_file_names_the_portal(client):
    start = datetime.datetime(2023, 12, 4, 17, tzinfo=datetime.UTC)
    session = published(SessionPageFactory(starts_at=start))

    content = client.get(f"/sesiones/{session.pk}.ics").content.decode().replace("\r\n ", "")

    assert f"URL:{PORTAL}{session.url}" in content


@pytest.mark.django_db
def test_a_second_site_has_its_own_address():
    page = published(PlanPageFactory())
    other = published(PlanPageFactory())
    Site.objects.create(hostname="otro.example.org", port=443, root_page=other)

    assert page_url(page) == f"{PORTAL}{page.get_url_parts()[2]}"
    assert page_url(other) == "https://otro.example.org/"


@pytest.mark.parametrize(
    "value", ["abierto.example.org", "https://abierto.example.org/portal", "ftp://a.example"]
)
def test_an_address_that_is_none_stops_the_portal(value):
    with pytest.raises(ImproperlyConfigured, match="ABIERTO_BASE_URL"):
        environment.base_url(value)


def test_a_slash_at_the_end_of_the_address_is_left_out():
    assert environment.base_url(f"{PORTAL}/") == PORTAL


def test_no_other_module_makes_full_addresses():
    """The cache uses the requested address as a key; the frame has a field of that name."""
    allowed = {"site/abierto/addresses.py", "pages/core/cache.py", "pages/core/frame.py"}
    modules = [path for folder in ("site", "pages", "search") for path in (ROOT / folder).rglob("*.py")]
    found = {
        str(path.relative_to(ROOT))
        for path in modules
        if REQUEST_ADDRESS.search(path.read_text(encoding="utf-8"))
    }

    assert found - allowed == set()
