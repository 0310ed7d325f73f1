"""Whether a public translation still says what its source says."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from .machine_text import digest_machine_texts
from .models import TranslatedSource


def digest_strings(source: TranslationSource) -> str:
    """Return the digest of the strings of a source with their places, in their order."""
    strings = StringSegment.objects.filter(source=source).order_by("order", "pk")
    rows = strings.values_list("context__path", "string__data")
    return sha256("\0".join(f"{path}\0{data}" for path, data in rows).encode()).hexdigest()


def note_draft(translation: Translation, draft: Any) -> None:
    """Record from which strings of the source a draft was made, and which a machine translated."""
    row, _made = TranslatedSource.objects.get_or_create(translation=translation)
    row.drafted = digest_strings(translation.source)
    row.machine_texts = digest_machine_texts(translation, draft, row.machine_texts)
    row.save()


def note_publication(translation: Translation) -> None:
    """Record that the draft is public; it is stale at once if the source changed during its review."""
    row = TranslatedSource.objects.filter(translation=translation).first()
    if row is not None:
        row.published = row.drafted
        _set_staleness(row, digest_strings(translation.source))


def note_source(source: TranslationSource) -> None:
    """Compare the public translations of a source that was published with the strings that it has now."""
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
    """Return, for a query of pages, the moment since which a page is a stale translation."""
    rows = TranslatedSource.objects.filter(
        translation__source__object_id=OuterRef("translation_key"),
        translation__target_locale=OuterRef("locale"),
        translation__enabled=True,
    )
    return Subquery(rows.values("stale_since")[:1])
