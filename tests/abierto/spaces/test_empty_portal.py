"""A portal without the demo."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from abierto.approval.models import ApprovalKind
from abierto.operations.integrity.records import find_changed_placement, find_changed_rows
from abierto.operations.integrity.spaces import find_incomplete_roots, find_pages_without_space
from abierto.tenancy.access import space_of
from pages.home.models import HomePage
from tests.abierto.approval.newsroom import ledger

pytestmark = pytest.mark.django_db


def build():
    call_command("empty_portal", stdout=StringIO())


def test_empty_portal_serves_its_home_page(client):
    build()

    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert space_of(home).kind == "state"
    assert ledger(home) == [ApprovalKind.IMPORT]
    assert client.get(home.get_url()).status_code == 200


def test_repeating_it_changes_nothing():
    build()
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision"))

    build()

    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision")) == before


def test_integrity_finds_nothing_in_it():
    build()

    for find in (find_changed_rows, find_changed_placement, find_incomplete_roots, find_pages_without_space):
        assert list(find()) == []
