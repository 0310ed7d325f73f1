"""Record whether a public translation is based on the present strings of its source."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from .machine_text import digest_machine_texts
from .models import TranslatedSource


def digest_strings(source: TranslationSource) -> str:
    """Return a digest of the strings of a source with their content paths, in their order."""
    strings = StringSegment.objects.filter(source=source).order_by("order", "pk")
    rows = strings.values_list("context__path", "string__data")
    return sha256("\0".join(f"{path}\0{data}" for path, data in rows).encode()).hexdigest()


def note_draft(translation: Translation, draft: Any) -> None:
    """Record the strings of the source on which a draft is based, and its machine-made texts."""
    row, _made = TranslatedSource.objects.get_or_create(translation=translation)
    row.drafted = digest_strings(translation.source)
    row.machine_texts = digest_machine_texts(translation, draft, row.machine_texts)
    row.save()


def note_publication(translation: Translation) -> None:
    """Record that the draft is public; it is stale immediately if the source changed during the review."""
    row = TranslatedSource.objects.filter(translation=translation).first()
    if row is not None:
        row.published = row.drafted
        _set_staleness(row, digest_strings(translation.source))


def note_source(source: TranslationSource) -> None:
    """Update the staleness of the public translations of a source after its publication."""
    rows = list(TranslatedSource.objects.filter(translation__source=source).exclude(published=""))
    current = digest_strings(source) if rows else ""
    for row in rows:
        _set_staleness(row, current)


def _set_staleness(row: TranslatedSource, current: str) -> None:
    if row.published == current:
        row.stale_since = None
    else:
        row.stale_since = row.stale_since or timezone.now()
    row.save()


def stale_since_subquery() -> Subquery:
    """Return a subquery for pages: since when the page is a stale translation."""
    rows = TranslatedSource.objects.filter(
        translation__source__object_id=OuterRef("translation_key"),
        translation__target_locale=OuterRef("locale"),
        translation__enabled=True,
    )
    return Subquery(rows.values("stale_since")[:1])
