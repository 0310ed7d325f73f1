"""Deleting takes exactly the pages that were shown."""

import pytest
from django.urls import reverse

from abierto.editorial.changing.deletions import shown_when_deleting
from pages.standard import StandardPage
from tests import factories
from tests.abierto.editorial.collisions.windows import last_form, signed_in
from tests.abierto.editorial.newsroom import fresh, newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return newsroom()


@pytest.fixture
def page(room):
    return factories.StandardPageFactory(title="Datos abiertos", summary="Uno", owner=room.editor)


def delete(client, page, **form):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), form)


def test_deleting_takes_what_was_shown_and_no_more(room, page):
    client = signed_in(room.superuser)
    screen = client.get(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    shown = last_form(screen)
    factories.StandardPageFactory(parent=page, title="Nueva debajo")

    assert delete(client, page, **shown).status_code == 409
    assert delete(client, page).status_code == 409
    assert StandardPage.objects.filter(pk=page.pk).exists()

    assert delete(client, page, pages_shown=shown_when_deleting([page])).status_code == 302
    assert not StandardPage.objects.filter(pk=page.pk).exists()


def test_deleting_as_many_but_others_is_refused_too(room, page):
    client = signed_in(room.superuser)
    below = factories.StandardPageFactory(parent=page, title="Se va")
    shown = last_form(client.get(reverse("wagtailadmin_pages:delete", args=[page.pk])))
    below.delete()
    factories.StandardPageFactory(parent=fresh(page), title="Llega")

    response = delete(client, page, **shown)

    assert response.status_code == 409
    assert "ya no son las que viste" in response.content.decode()


@pytest.mark.parametrize("shown", ["", "x", ":", "1:", "99999999999999999999:a", "-1:a"])
def test_deleting_without_saying_what_was_shown_is_refused(room, page, shown):
    assert delete(signed_in(room.superuser), page, pages_shown=shown).status_code == 409
    assert StandardPage.objects.filter(pk=page.pk).exists()


def test_deleting_many_too(room, page):
    client = signed_in(room.superuser)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}"
    shown = last_form(client.get(bulk))
    factories.StandardPageFactory(parent=page, title="Nueva debajo")

    assert client.post(bulk, shown).status_code == 409
    assert client.post(bulk, last_form(client.get(bulk))).status_code == 302
    assert not StandardPage.objects.filter(pk=page.pk).exists()
