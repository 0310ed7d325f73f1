"""Find the machine-translated texts of a translation: in its review, its drafts and its public version.

A string is machine-made according to its ``translation_type`` in wagtail-localize; saving it in the editor,
or a PO file that changes it, makes it manual.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from .models import TranslatedSource
from .strings import list_segments


def find_machine_made(translation: Translation, segments: Iterable[StringSegment]) -> set[tuple[int, int]]:
    """Return the ids of string and context of the machine-made segments. One query."""
    made = StringTranslation.objects.filter(
        context__in=[segment.context_id for segment in segments],
        locale=translation.target_locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    return set(made.values_list("translation_of", "context"))


def list_strings(version: Any) -> dict[str, list[str]]:
    """Return the strings of a version by content path; each paragraph of a text is a string."""
    found: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(version):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment.string.render_text())
    return found


def list_places(segments: Iterable[StringSegment]) -> Iterator[tuple[StringSegment, str, int]]:
    """Yield each segment with its content path and its position among the strings of that path."""
    taken: dict[str, int] = defaultdict(int)
    for segment in segments:
        path = segment.context.path
        yield segment, path, taken[path]
        taken[path] += 1


def string_at(strings: dict[str, list[str]], path: str, place: int) -> str:
    """Return the string at a position of a content path; empty if there is none."""
    found = strings.get(path, [])
    return found[place] if place < len(found) else ""


def digest_machine_texts(translation: Translation, draft: Any, earlier: Collection[str]) -> list[str]:
    """Return the digests of the machine-made texts of a draft, and those of ``earlier`` that it lacks.

    An earlier draft may still be published on its scheduled date. A text that a person has saved is no longer
    machine-made. Two queries.
    """
    segments = list_segments(translation)
    made = find_machine_made(translation, segments)
    if not made and not earlier:
        return []
    strings = list_strings(draft)
    by_machine, all_texts = set(), set()
    for segment, path, place in list_places(segments):
        digest = _digest(path, string_at(strings, path, place))
        all_texts.add(digest)
        if (segment.string_id, segment.context_id) in made:
            by_machine.add(digest)
    return sorted(by_machine | (set(earlier) - all_texts))


def note_machine_text(translation: Translation, public: Any) -> None:
    """Record when a public version with a machine-made text was published; None if it has no such text.

    After «Parar traducción» the page is edited directly, and replaced texts no longer count.
    """
    row = TranslatedSource.objects.filter(translation=translation).first()
    if row is None or not (row.machine_texts or row.machine_approved_at):
        return
    strings = list_strings(public) if row.machine_texts else {}
    digests = {_digest(path, text) for path, texts in strings.items() for text in texts}
    row.machine_approved_at = timezone.now() if digests.intersection(row.machine_texts) else None
    row.save(update_fields=["machine_approved_at"])


def machine_approved_subquery() -> Subquery:
    """Return a subquery for pages: when a translation with machine-made text was approved."""
    rows = TranslatedSource.objects.filter(
        translation__source__object_id=OuterRef("translation_key"),
        translation__target_locale=OuterRef("locale"),
    )
    return Subquery(rows.values("machine_approved_at")[:1])


def _digest(path: str, text: str) -> str:
    return sha256(f"{path}\0{text}".encode()).hexdigest()
