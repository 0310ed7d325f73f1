"""A deletion removes exactly the pages that were shown."""

import re
from pathlib import Path

import pytest
import wagtail.admin
from django.template.loader import get_template
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Locale

from abierto.approval.concurrency.deletions import summarize_deletion
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.conflicts.editor_forms import last_form, signed_in
from tests.abierto.approval.newsroom import fresh, newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def room():
    return newsroom()


@pytest.fixture
def page(room):
    return factories.StandardPageFactory(title="Datos abiertos", summary="Uno", owner=room.editor)


def delete(client, page, **form):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), form)


def test_a_deletion_removes_only_the_pages_shown(room, page):
    client = signed_in(room.superuser)
    screen = client.get(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    shown = last_form(screen)
    factories.StandardPageFactory(parent=page, title="Nueva debajo")

    assert delete(client, page, **shown).status_code == 409
    assert delete(client, page).status_code == 409
    assert StandardPage.objects.filter(pk=page.pk).exists()

    assert delete(client, page, pages_shown=summarize_deletion([page])).status_code == 302
    assert not StandardPage.objects.filter(pk=page.pk).exists()


def test_a_deletion_of_other_pages_in_equal_number_is_refused(room, page):
    client = signed_in(room.superuser)
    below = factories.StandardPageFactory(parent=page, title="Se va")
    shown = last_form(client.get(reverse("wagtailadmin_pages:delete", args=[page.pk])))
    below.delete()
    factories.StandardPageFactory(parent=fresh(page), title="Llega")

    response = delete(client, page, **shown)

    assert response.status_code == 409
    assert "ya no son las que viste" in response.content.decode()


@pytest.mark.parametrize("shown", ["", "x", ":", "1:", "99999999999999999999:a", "-1:a"])
def test_a_deletion_without_the_shown_pages_is_refused(room, page, shown):
    assert delete(signed_in(room.superuser), page, pages_shown=shown).status_code == 409
    assert StandardPage.objects.filter(pk=page.pk).exists()


def test_a_bulk_deletion_removes_only_the_pages_shown(room, page):
    client = signed_in(room.superuser)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}"
    shown = last_form(client.get(bulk))
    factories.StandardPageFactory(parent=page, title="Nueva debajo")

    assert client.post(bulk, shown).status_code == 409
    assert client.post(bulk, last_form(client.get(bulk))).status_code == 302
    assert not StandardPage.objects.filter(pk=page.pk).exists()


# --- The copied template -------------------------------------------------------------------------------

CONTEXT = {
    "descendant_count",
    "is_protected",
    "next",
    "page",
    "page_perms",
    "translation_count",
    "translation_descendant_count",
    "type_to_confirm_before_delete",
}


def names_used(template: Path) -> set[str]:
    """Return the names of the context that a template uses."""
    expressions = re.findall(r"\{[{%](.*?)[%}]\}", template.read_text(encoding="utf-8"))
    return {name for expression in expressions for name in re.findall(r"\b[a-z_]+\b", expression)} & CONTEXT


def test_the_copied_template_uses_all_variables_of_wagtails():
    name = "wagtailadmin/pages/confirm_delete.html"
    original = Path(wagtail.admin.__file__).parent / "templates" / name
    copy = Path(get_template(name).origin.name)

    assert copy != original
    assert names_used(original) == CONTEXT
    assert names_used(copy) == CONTEXT


def test_the_confirmation_counts_descendants_of_translations(room, page, monkeypatch):
    english, _new = Locale.objects.get_or_create(language_code="en")
    factories.StandardPageFactory(parent=page, title="Debajo")
    translation = page.copy_for_translation(english, copy_parents=True)
    for number in range(3):
        below = factories.StandardPageFactory(parent=page, title=f"Otra {number}")
        below.copy_for_translation(english)
    cascade = {page: [translation]}
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])

    single = signed_in(room.superuser).get(address)
    with hooks.register_temporarily("construct_translated_pages_to_cascade_actions", lambda *_: cascade):
        answer = signed_in(room.superuser).get(address)

    assert answer.context["translation_descendant_count"] == 7
    assert "También se borra 1 traducción." in answer.content.decode()
    assert "Con las traducciones se borran 7 páginas que cuelgan de ellas." in answer.content.decode()
    assert "traducc" not in single.content.decode().partition("¿Borrar")[2]
