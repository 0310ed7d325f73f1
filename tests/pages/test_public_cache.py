"""A kept page is answered in one query, and is gone with the next request once anything public changed."""

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from abierto.editorial.imports import imported
from pages.public_cache import CACHE, current_version
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    StandardPageFactory,
    UserFactory,
    published,
)


@override_settings(ABIERTO_PAGE_CACHE_SECONDS=60)
class KeptPageTests(TransactionTestCase):
    def setUp(self):
        caches[CACHE].clear()
        self.page = published(StandardPageFactory(title="Qué es"))
        self.client.get(self.page.url)

    def queries(self, url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(url).status_code == 200
        return len(queries)

    def test_the_second_visit_costs_one_query(self):
        assert self.queries(self.page.url) == 1

    def test_what_was_taken_down_is_gone_with_the_next_request(self):
        self.page.unpublish()

        assert self.client.get(self.page.url).status_code == 404

    def test_what_was_deleted_is_gone_with_the_next_request(self):
        self.page.delete()

        assert self.client.get(self.page.url).status_code == 404

    def test_what_was_made_private_asks_for_an_account(self):
        with imported("Página de una prueba"):
            PageViewRestriction.objects.create(page=self.page, restriction_type="login")

        assert self.client.get(self.page.url).status_code == 302

    def test_a_private_page_is_never_kept(self):
        private = published(StandardPageFactory(title="Solo con cuenta"))
        with imported("Página de una prueba"):
            PageViewRestriction.objects.create(page=private, restriction_type="login")
        self.client.force_login(UserFactory())
        assert self.client.get(private.url).status_code == 200

        self.client.logout()

        assert self.client.get(private.url).status_code == 302

    def test_a_new_text_shows_at_once(self):
        self.page.title = "Qué es el gobierno abierto"
        published(self.page)

        assert "Qué es el gobierno abierto" in self.client.get(self.page.url).content.decode()

    def test_a_new_name_in_the_registry_shows_at_once(self):
        institution = InstitutionFactory(name="Nombre de antes", acronym="")
        commitment = published(CommitmentPageFactory(parent=AxisPageFactory(), responsible=institution))
        assert "Nombre de antes" in self.client.get(commitment.url).content.decode()

        institution.name = "Nombre de ahora"
        institution.save()

        assert "Nombre de ahora" in self.client.get(commitment.url).content.decode()

    def test_what_is_rolled_back_moves_nothing(self):
        before = current_version()

        with pytest.raises(RuntimeError), transaction.atomic():
            InstitutionFactory()
            raise RuntimeError

        assert current_version() == before

    def test_whoever_signed_in_is_never_answered_a_kept_page(self):
        self.client.force_login(UserFactory())

        assert self.queries(self.page.url) > 1

    def test_each_language_is_kept_apart(self):
        assert 'lang="en' in self.client.get(f"/en{self.page.url}").content.decode()
        assert 'lang="es' in self.client.get(self.page.url).content.decode()

    def test_a_missing_page_is_not_kept(self):
        self.client.get("/aparece-luego/")
        published(StandardPageFactory(title="Aparece luego", slug="aparece-luego"))

        assert self.client.get("/aparece-luego/").status_code == 200
