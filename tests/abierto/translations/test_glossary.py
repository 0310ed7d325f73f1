"""The terms of the glossary that a translator sees beside the strings."""

import pytest
from django.urls import reverse

from abierto.translations.glossary import TranslatedTerm, list_terms
from pages.glossary.queries import defined_terms
from tests.factories import GlossaryTermFactory
from tests.pages.admin.worlds import signed_in

from .translating import build_translating, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    for term in ("compromiso", "gobierno abierto", "plazo", "tequio"):
        GlossaryTermFactory(term=term, definition=f"Qué es {term}.")
    return build_translating()


def test_terms_of_the_text_have_the_word_of_the_catalogue_or_of_an_earlier_translation(work):
    texts = ["El tequio del gobierno abierto cumple cada Compromiso.", "Sin plazos"]
    locale = work.translation.target_locale

    assert [(one.term.term, one.translation) for one in list_terms(texts, locale)] == [
        ("tequio", ""),
        ("gobierno abierto", "open government"),
        ("compromiso", "commitment"),
    ]


def test_a_string_that_is_only_the_term_names_it(work):
    translate(work.translation, work.room.editor, title="Community work")
    term = next(term for term in defined_terms() if term.term == "tequio")
    segment = work.translation.source.stringsegment_set.get(context__path="title")
    type(segment.string).objects.filter(pk=segment.string_id).update(data="Tequio")

    found = list_terms(["Qué es el tequio"], work.translation.target_locale)

    assert found == [TranslatedTerm(term, "Community work")]


def test_the_editor_shows_them_marked_with_their_languages(work):
    address = reverse("wagtailadmin_pages:edit", args=[work.target.pk])

    html = " ".join(signed_in(work.room.editor).get(address).content.decode().split())

    assert "Términos del glosario en este texto" in html
    assert '<span lang="es-MX">gobierno abierto</span>' in html
