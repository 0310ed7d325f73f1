"""What people read does not depend on the order in which the database stores its rows.

SQLite can return the rows of every query without an order the other way round; PostgreSQL returns them as
they lie on the disk, which changes with each update.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from unittest import skipUnless

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from abierto.accounts.models import User
from pages.core import cache as public_cache
from pages.core.base import BasePage

from .case import DemoCase

pytestmark = pytest.mark.slow

# New with every answer; the time since an event grows between two of them.
TOKENS = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|CSRF_TOKEN": "[^"]*"|nonce-[\w-]+|nonce="[^"]*"|Hace \d+\s\w+'
)
LISTS = (
    "bundles:list",
    "commitments:index",
    "dashboard:pending",
    "dashboard:queue",
    "deadlines:calendars",
    "delegation:create",
    "delegation:list",
    "reports:index",
    "sessions:index",
    "tenancy:site_history",
    "tenancy:workflow",
    "tenancy:workflow_tasks",
    "updates:index",
    "wagtailsnippets_registry_institution:list",
    "wagtailsnippets_registry_seat:list",
)


@contextmanager
def rows_the_other_way_round() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA reverse_unordered_selects = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA reverse_unordered_selects = OFF")


@skipUnless(connection.vendor == "sqlite", "Only SQLite can reverse the order of unordered rows.")
class RowOrderTests(DemoCase):
    def read(self, url: str) -> str:
        cache.clear()
        public_cache.clear_cached_values()
        response = self.client.get(url)
        self.assertEqual(response.status_code, 200, url)
        return TOKENS.sub("", response.content.decode())

    def assert_same(self, read: Callable[[str], str], names: Iterable[str]) -> None:
        for name in names:
            before = read(name)
            with self.subTest(name), rows_the_other_way_round():
                self.assertEqual(read(name), before)

    def test_the_rows_are_reversed(self):
        before = list(Group.objects.all())

        with rows_the_other_way_round():
            self.assertNotEqual(list(Group.objects.all()), before)

    def test_a_public_page_of_each_type_and_its_history(self):
        for model in BasePage.__subclasses__():
            page = model.objects.public().source_language().last()
            if page is not None:
                self.assert_same(self.read, [page.get_url(), reverse("pages:history", args=[page.pk])])

    def test_the_search_and_its_downloads(self):
        call_command("search", "rebuild", stdout=io.StringIO())

        self.assert_same(
            self.read, ["/buscar/?q=plan", "/buscar/resultados.csv?q=gobierno", "/buscar/resultados.json?q="]
        )

    def test_the_lists_of_the_admin(self):
        self.client.force_login(User.objects.get(username="administracion"))

        self.assert_same(self.read, [reverse(name) for name in LISTS])
