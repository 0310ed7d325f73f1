"""Invalid requests about languages and translations are refused and change nothing."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from abierto.approval.errors import ReviewRefused
from abierto.approval.ledger.imports import imported
from abierto.translations.services import send_translation
from tests.abierto.approval.newsroom import approve, fresh
from tests.factories import StandardPageFactory, published
from tests.pages.admin.worlds import signed_in

from .translating import build_translating, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    made = build_translating()
    translate(made.translation, made.room.editor)
    return made


def delete(work, locale: Locale) -> str:
    client = signed_in(work.room.superuser)
    return client.post(reverse("wagtaillocales:delete", args=[locale.pk])).content.decode()


def test_a_language_with_pages_is_not_deleted_and_the_screen_names_the_choices(work):
    english = work.translation.target_locale

    assert "Decide qué hacer con ellas" in delete(work, english)
    assert Locale.objects.filter(pk=english.pk).exists()
    assert StringTranslation.objects.filter(locale=english).exists()


def test_a_translation_is_not_approved_after_its_source_was_withdrawn(work):
    state = send_translation(work.translation, work.room.editor).current_task_state
    with imported("Retiro de una prueba"):
        fresh(work.source).unpublish()

    with pytest.raises(ReviewRefused, match="ya no es público"):
        approve(state, work.room.reviewer)

    assert not fresh(work.target).live
    assert Translation.objects.get(pk=work.translation.pk).enabled


def test_a_translation_whose_slug_is_taken_gets_a_number(work):
    """Slugs are the source's. One that is taken among the translations gets a number."""
    home = work.target.get_parent()
    native = StandardPageFactory(
        parent=home.specific, title="Preguntas", slug="preguntas", locale=home.locale
    )
    source = published(StandardPageFactory(title="Preguntas", slug="preguntas"))

    translate_object(source, [home.locale], user=work.room.editor)
    other = Translation.objects.get(source__object_id=source.translation_key)
    translate(other, work.room.editor)
    approve(send_translation(other, work.room.editor).current_task_state, work.room.reviewer)

    assert fresh(native).slug == "preguntas"
    assert fresh(other.get_target_instance()).slug == "preguntas-1"
    assert fresh(other.get_target_instance()).live
