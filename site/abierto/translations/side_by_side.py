"""The source, the public translation and the new one, string by string, for the reviewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.models import TaskState
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from abierto.approval.review.comments.content_paths import build_path_labels
from abierto.text import interface_language
from pages.core.content_language import language_tag

from .strings import find_translation, list_segments, render


@dataclass(frozen=True)
class StringRow:
    """A string of the source with its public and its new translation; empty where there is none."""

    label: str
    source: str
    public: str
    new: str
    #: Whether a machine translated it, and no person changed that since.
    is_machine_made: bool = False

    @property
    def is_changed(self) -> bool:
        return self.public != self.new


class SideBySide(Component):
    """The table of a translation under review."""

    template_name = "translations/side_by_side.html"

    def __init__(self, translation: Translation, rows: Iterable[StringRow]) -> None:
        self.translation, self.rows = translation, list(rows)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "source_language": language_tag(self.translation.source.locale.language_code),
            "language": language_tag(self.translation.target_locale.language_code),
            "screen_language": language_tag(interface_language()),
        }


def show_side_by_side(state: TaskState, draft: Any, live: Any) -> Component | None:
    """Return the table of the page under review if it is a translation."""
    translation = find_translation(draft)
    return SideBySide(translation, list_rows(translation, draft, live)) if translation is not None else None


def list_rows(translation: Translation, draft: Any, live: Any) -> list[StringRow]:
    """Return the strings of the source in their order with those in the same places of the two versions."""
    segments = list_segments(translation)
    new, public = list_strings(draft), list_strings(live) if live is not None else {}
    made = StringTranslation.objects.filter(
        context__in=[segment.context_id for segment in segments],
        locale=translation.target_locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    by_machine = set(made.values_list("translation_of", "context"))
    labels = build_path_labels(draft, (segment.context.path for segment in segments))
    taken: dict[str, int] = defaultdict(int)
    rows = []
    for segment in segments:
        path = segment.context.path
        place, taken[path] = taken[path], taken[path] + 1
        rows.append(
            StringRow(
                labels[path],
                render(segment.string.data),
                _string_at(public, path, place),
                _string_at(new, path, place),
                (segment.string_id, segment.context_id) in by_machine,
            )
        )
    return rows


def list_strings(version: Any) -> dict[str, list[str]]:
    """Return the strings of a version by content path; a text of several paragraphs has several."""
    found: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(version):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment.string.render_text())
    return found


def _string_at(strings: dict[str, list[str]], path: str, place: int) -> str:
    found = strings.get(path, [])
    return found[place] if place < len(found) else ""
