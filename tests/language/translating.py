"""Translate pages to English with wagtail-localize, string by string."""

from collections.abc import Mapping

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from abierto.approval.ledger.imports import imported
from pages.core.base import BasePage


def english() -> Locale:
    locale, _made = Locale.objects.get_or_create(language_code="en")
    return locale


def draft_in_english[AnyPage: BasePage](page: AnyPage, words: Mapping[str, str]) -> AnyPage:
    """Translate the strings of ``page`` that are in ``words`` into a draft; the others stay."""
    source, _made = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.update_or_create(source=source, target_locale=english())
    for segment in StringSegment.objects.filter(source=source, string__data__in=words):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=english(),
            context=segment.context,
            defaults={"data": words[segment.string.data]},
        )
    with imported("Traducción de una prueba"):
        target, _made = source.create_or_update_translation(
            english(), publish=False, copy_parent_pages=True, fallback=True
        )
    return type(page).objects.get(pk=target.pk)


def in_english[AnyPage: BasePage](page: AnyPage, words: Mapping[str, str]) -> AnyPage:
    """Translate ``page`` and publish the translation through the named import."""
    draft = draft_in_english(page, words)
    with imported("Traducción de una prueba"):
        draft.get_latest_revision().publish()
    return type(page).objects.get(pk=draft.pk)
