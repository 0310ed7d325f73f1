"""How the database finds the pages below a path."""

import pytest
from django.db import connection
from django.db.models import Value
from wagtail.models import Page

from abierto.tenancy.path_lookup import NAME, create_tree_index
from abierto.tenancy.tree_paths import below_any
from tests.factories import StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

OF_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL answers LIKE by an index")
BY_PATH = "USING INDEX sqlite_autoindex_wagtailcore_page_1 (path>? AND path<?)"


@pytest.fixture
def page():
    return StandardPageFactory(parent=StandardPageFactory())


def test_pages_below_a_path_are_those_of_the_branch(page):
    sibling = StandardPageFactory(parent=page.get_parent())
    child = StandardPageFactory(parent=page)
    found = Page.objects.filter(path__startswith=page.path)
    assert {row.pk for row in found} == {page.pk, child.pk}
    assert {row.pk for row in Page.objects.filter(below_any([child.path, sibling.path]))} == {
        child.pk,
        sibling.pk,
    }
    assert not Page.objects.filter(below_any([])).exists()


@pytest.mark.parametrize("start", ["", "%", "_", "0001'", "0001\x7f", "ñ"])
def test_a_start_that_is_no_path_keeps_the_meaning_of_the_lookup(page, start):
    assert Page.objects.filter(path__startswith=start).exists() == (start == "")


def test_the_start_may_be_an_expression(page):
    assert Page.objects.filter(path__startswith=Value(page.path)).get().pk == page.pk


@OF_SQLITE
def test_the_index_of_the_paths_answers_on_sqlite(page):
    assert BY_PATH in Page.objects.filter(path__startswith=page.path).order_by().explain()


@OF_SQLITE
def test_the_deepest_range_is_read_before_one_of_a_section_or_a_language(page):
    wide = Page.objects.filter(path__startswith=page.path[:8], locale=page.locale, alias_of__isnull=True)
    plan = wide.filter(path__startswith=page.path).order_by().explain()
    assert (
        "SEARCH wagtailcore_page USING INDEX sqlite_autoindex_wagtailcore_page_1 (path>? AND path<?)" in plan
    )


def test_children_are_read_by_depth_and_path(db):
    create_tree_index()  # again: it exists since the tables were made
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, Page._meta.db_table)
    assert constraints[NAME]["columns"] == ["depth", "path"]
