"""Take what was published to the strings of its translations: a changed string is missing again."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import Translation

from .staleness import note_publication, note_source


@receiver(page_published)
def follow_publication(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Read the strings of a published source again, and compare its public translations with them."""
    found = list(
        Translation.objects.filter(source__object_id=instance.translation_key, enabled=True).select_related(
            "source"
        )
    )
    if not found:
        return
    source = found[0].source
    if source.locale_id == instance.locale_id:
        source.update_from_db()
        note_source(source)
        return
    for translation in found:
        if translation.target_locale_id == instance.locale_id:
            note_publication(translation)
