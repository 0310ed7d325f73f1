"""An English translation of a public page, for the tests of its review."""

from dataclasses import dataclass

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from abierto.accounts.models import User
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, newsroom
from tests.factories import published
from tests.shared_rows import built_once


@dataclass
class Translating:
    """A newsroom with a public page and its English draft."""

    room: Newsroom
    source: Page
    translation: Translation

    @property
    def target(self) -> Page:
        return self.translation.get_target_instance()


def translate(translation: Translation, by: User, **texts: str) -> None:
    """Translate the strings at these content paths; without texts, all that are missing in capitals."""
    segments = StringSegment.objects.filter(source=translation.source_id).select_related("string", "context")
    for segment in segments:
        if texts and segment.context.path not in texts:
            continue
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={
                "data": texts.get(segment.context.path, f"EN {segment.string.data}"),
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": by,
            },
        )


@built_once
def build_translating() -> Translating:
    """Start the translation of a public page of the newsroom."""
    room = newsroom()
    english = Locale.objects.get_or_create(language_code="en")[0]
    source = published(
        factories.StandardPageFactory(title="Qué es gobierno abierto", summary="Cómo cumple el Estado.")
    )
    translate_object(source, [english], user=room.editor)
    return Translating(room, source, Translation.objects.get(target_locale=english))
