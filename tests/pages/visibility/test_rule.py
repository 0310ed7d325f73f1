"""The visibility rule for pages, and the views that follow it."""

import datetime
import re
from unittest import mock

import pytest
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from abierto.approval.ledger.imports import imported
from abierto.tenancy import visibility
from abierto.tenancy.visibility import may_read, public_pages
from tests.factories import CommitmentPageFactory, StandardPageFactory, UserFactory, home, published
from tests.pages.visibility.closing import CLOSINGS, english_alias, restrict, unpublish
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


def find_public_ids(page_ids):
    """Return the ids of public pages, for which both forms of the rule agree."""
    found = visibility.public_ids(page_ids)
    many = Page.objects.filter(visibility.public_condition_of_many(), pk__in=page_ids)
    assert frozenset(many.values_list("pk", flat=True)) == found
    return found


def is_public(page):
    return bool(find_public_ids([page.pk]))


@pytest.fixture
@built_once
def page():
    return published(CommitmentPageFactory(code="1.1", actions=1))


def test_a_live_page_under_live_pages_is_public(client, page):
    assert is_public(page)
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("close", CLOSINGS, ids=lambda close: close.__name__)
def test_each_closing_operation_closes_the_page_and_its_alias(client, page, close):
    alias = english_alias(page)
    assert find_public_ids([page.pk, alias.pk]) == {page.pk, alias.pk}

    close(page)

    assert find_public_ids([page.pk, alias.pk]) == frozenset()
    assert public_pages([page.pk]) == {}
    for address in (page.url, alias.url, f"/historial/{page.pk}/"):
        assert client.get(address).status_code in (302, 404)
        assert page.title not in client.get(address).content.decode()


def test_an_expired_page_is_closed_before_the_command_unpublishes_it(client):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    above = published(StandardPageFactory(title="Arriba", expire_at=tomorrow))
    below = published(StandardPageFactory(title="Abajo", parent=above))
    assert find_public_ids([above.pk, below.pk]) == {above.pk, below.pk}

    with mock.patch("abierto.tenancy.visibility.timezone.now", return_value=tomorrow):
        assert find_public_ids([above.pk, below.pk]) == frozenset()
        assert client.get(above.url).status_code == client.get(below.url).status_code == 404


def test_an_alias_is_closed_with_the_ancestors_of_its_source(client):
    above = published(StandardPageFactory(title="Casa"))
    source = published(StandardPageFactory(title="Lo que se repite", parent=above))
    with imported("Un alias de una prueba"):
        alias = source.create_alias(parent=published(StandardPageFactory(title="Otro lado")))
    assert client.get(alias.url).status_code == 200

    restrict(above)

    assert not is_public(alias)
    assert client.get(alias.url).status_code == 302


def test_a_signed_in_user_opens_restricted_pages_and_nothing_below_a_draft(client, rf, page):
    restrict(page)
    request = rf.get(page.url)
    request.user = UserFactory()
    assert may_read(page, request)

    unpublish(page.get_parent())

    assert not may_read(page, request)


def test_a_page_deeper_than_the_rule_supports_is_not_public():
    page = home()
    for _ in range(15):
        page = StandardPageFactory(parent=page)
    published(page)

    assert is_public(page.get_parent())
    assert not is_public(page)


def test_the_rule_holds_within_subqueries_of_pages(page):
    unpublish(page.get_parent())
    below = visibility.filter_public(Page.objects.filter(path__startswith=page.path))
    every = visibility.filter_public(Page.objects.filter(depth__gt=1))
    for public, count in ((below, 0), (every, every.count())):
        once = Page.objects.filter(pk__in=public.values("pk"))
        assert once.count() == Page.objects.filter(pk__in=once.values("pk")).count() == count
    assert Page.objects.filter(visibility.public_condition() & Q(pk=page.pk)).count() == 0


def test_no_table_of_the_rule_has_a_name_that_django_gives_to_subqueries():
    """Else the path of an outer page, in a subquery so named, would be taken for that of an inner one."""
    sql = str(visibility.filter_public(Page.objects.filter(depth=1)).query)
    assert "hiding_" in sql
    assert re.findall(r'"[A-Z]\d+"', sql) == []


def test_the_visibility_rule_costs_one_query(page, django_assert_num_queries):
    above = page.get_parent()
    with django_assert_num_queries(1):
        assert len(public_pages([page.pk, above.pk])) == 2
