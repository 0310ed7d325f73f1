"""Update the strings of translations when their source is published: changed strings are missing again."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import Translation

from .machine_text import note_machine_text
from .staleness import note_publication, note_source


@receiver(page_published)
def follow_publication(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Extract the strings of a published source again; of a published translation, record its state."""
    of_page = Translation.objects.filter(source__object_id=instance.translation_key)
    found = list(of_page.select_related("source"))
    enabled = [translation for translation in found if translation.enabled]
    if enabled and enabled[0].source.locale_id == instance.locale_id:
        enabled[0].source.update_from_db()
        note_source(enabled[0].source)
        return
    for translation in found:
        if translation.target_locale_id == instance.locale_id:
            note_machine_text(translation, instance)
            if translation.enabled:
                note_publication(translation)
