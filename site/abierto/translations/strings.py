"""Read the progress of a translation: translated, missing and changed strings of its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.text import Truncator
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

#: Minimum similarity, from 0 to 1, of a string and the earlier string that it replaced.
LEAST_ALIKE = 0.4
LONGEST_SHOWN = 60
#: The attribute of a request that stores the progress of its translation once it was read.
PROGRESS_ATTRIBUTE = "_abierto_translation_progress"


@dataclass(frozen=True)
class MissingString:
    """A string of the source without a translation.

    ``earlier`` and ``earlier_translation`` are the replaced text and its translation, both empty for a new
    string; ``error`` is why the stored translation is not valid.
    """

    path: str
    text: str
    earlier: str = ""
    earlier_translation: str = ""
    error: str = ""


@dataclass(frozen=True)
class TranslationProgress:
    """The missing strings of a translation; ``texts`` are all strings of the source."""

    texts: tuple[str, ...]
    missing: tuple[MissingString, ...]

    @property
    def total(self) -> int:
        return len(self.texts)

    @property
    def translated(self) -> int:
        return self.total - len(self.missing)

    @property
    def changed(self) -> tuple[MissingString, ...]:
        """Return the missing strings that replaced a translated one."""
        return tuple(string for string in self.missing if string.earlier)


def find_translation(target: Any) -> Translation | None:
    """Return the enabled translation of which ``target`` is the translated page; None without one."""
    key, locale = getattr(target, "translation_key", None), getattr(target, "locale_id", None)
    found: Translation | None = (
        Translation.objects.filter(source__object_id=key, target_locale=locale, enabled=True)
        .select_related("source__locale", "target_locale")
        .first()
    )
    return found


def list_segments(translation: Translation) -> list[StringSegment]:
    """Return the strings of the source with their content paths, in their order. One query."""
    segments = StringSegment.objects.filter(source=translation.source_id)
    return list(segments.select_related("string", "context").order_by("order"))


def read_progress(translation: Translation) -> TranslationProgress:
    """Return the progress of a translation with its missing strings in their order. Three queries."""
    segments = list_segments(translation)
    contexts = {segment.context_id for segment in segments}
    rows = StringTranslation.objects.filter(context__in=contexts, locale=translation.target_locale_id)
    known = {(row.translation_of_id, row.context_id): row for row in rows.select_related("translation_of")}
    used = {(segment.string_id, segment.context_id) for segment in segments}
    replaced: dict[int, list[StringTranslation]] = defaultdict(list)
    for (string, context), row in known.items():
        if (string, context) not in used:
            replaced[context].append(row)
    missing = (
        _describe_missing(
            segment, known.get((segment.string_id, segment.context_id)), replaced[segment.context_id]
        )
        for segment in segments
    )
    return TranslationProgress(
        tuple(render(segment.string.data) for segment in segments),
        tuple(string for string in missing if string is not None),
    )


def _describe_missing(
    segment: StringSegment, row: StringTranslation | None, replaced: Sequence[StringTranslation]
) -> MissingString | None:
    if row is not None and not row.has_error:
        return None
    path, text = segment.context.path, render(segment.string.data)
    if row is not None:
        return MissingString(path, text, error=str(row.get_error() or ""))
    earlier = {render(one.translation_of.data): one for one in replaced}
    nearest = get_close_matches(text, earlier, n=1, cutoff=LEAST_ALIKE)
    if not nearest:
        return MissingString(path, text)
    return MissingString(path, text, nearest[0], render(earlier[nearest[0]].data))


def render(data: str) -> str:
    """Return a string of wagtail-localize as plain text, without its inline tags."""
    return str(StringValue(data).render_text())


def name_strings(strings: Iterable[MissingString], shown: int) -> str:
    """Return the first strings in quotation marks, truncated to ``LONGEST_SHOWN`` characters."""
    texts = [Truncator(string.text).chars(LONGEST_SHOWN) for string in strings]
    return ", ".join(f"«{text}»" for text in texts[:shown])
