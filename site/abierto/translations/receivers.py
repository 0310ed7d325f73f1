"""Take what was published to the strings of its translations: a changed string is missing again."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import TranslationSource


@receiver(page_published)
def update_source(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Read the strings of a published page again if it is translated."""
    source = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale=instance.locale_id, translations__enabled=True
    ).first()
    if source is not None:
        source.update_from_db()
