"""A portal without the demo."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page, Site

from abierto.accounts.models import User
from abierto.approval.models import ApprovalKind
from abierto.operations.integrity.records import find_changed_placement, find_changed_rows
from abierto.operations.integrity.spaces import find_incomplete_roots, find_pages_without_space
from abierto.spaces.administrators import invite_administrator
from abierto.tenancy.access import space_of
from abierto.tenancy.models import Space
from pages.home.models import HomePage
from tests.abierto.approval.newsroom import ledger
from tests.factories import CommitmentPageFactory, InstitutionFactory, PlanPageFactory, published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def build():
    call_command("empty_portal", stdout=StringIO())


def test_empty_portal_serves_its_home_page(client):
    build()

    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert space_of(home).kind == "state"
    assert ledger(home) == [ApprovalKind.IMPORT]
    assert client.get(home.get_url()).status_code == 200


def test_site_has_the_configured_address(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://abierto.example.org"
    build()

    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("abierto.example.org", 443)


def test_repeating_it_changes_nothing():
    build()
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision"))

    build()

    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision")) == before


def test_integrity_finds_nothing_in_it():
    build()

    for find in (find_changed_rows, find_changed_placement, find_incomplete_roots, find_pages_without_space):
        assert list(find()) == []


def test_front_page_of_an_administrator_says_the_first_steps(client):
    build()
    home = HomePage.objects.get()
    boss = invite_administrator("ana@example.org", "Ana")
    client.force_login(boss)

    def read_steps():
        html = client.get(reverse("wagtailadmin_home")).content.decode()
        _before, _found, after = html.partition('id="primeros-pasos-section"')
        steps = after.partition("<ol")[2].partition("</ol>")[0]
        return re.findall(r'href="([^"]+)"', steps), steps.count("Hecho")

    links, done = read_steps()
    assert (len(links), done) == (6, 0)
    assert reverse("wagtailadmin_pages:add", args=["pages", "planindexpage", home.pk]) in links
    for link in links:
        assert client.get(link, follow=True).status_code == 200, link

    InstitutionFactory(live=True)
    plan = PlanPageFactory(live=False)
    links, done = read_steps()
    assert done == 2  # the list of plans is a draft
    assert reverse("plans:outline", args=[plan.pk]) in links

    published(CommitmentPageFactory())
    assert read_steps() == ([], 0)


def test_front_page_of_others_has_no_first_steps(client):
    build()
    editor = User.objects.create_user("edita")
    editor.groups.add(Space.objects.get().editors)
    client.force_login(editor)

    assert "primeros-pasos" not in client.get(reverse("wagtailadmin_home")).content.decode()
