"""Compare the source with the public and the new translation, string by string, for the reviewer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.models import TaskState
from wagtail_localize.models import Translation

from abierto.approval.review.comments.content_paths import build_path_labels
from abierto.text import interface_language
from pages.core.content_language import language_tag

from .machine_text import find_machine_made, list_places, list_strings, string_at
from .strings import find_translation, list_segments, render


@dataclass(frozen=True)
class StringRow:
    """A string of the source with its public and its new translation, which may be empty."""

    label: str
    source: str
    public: str
    new: str
    #: Whether it was translated by a machine and not changed by a person since.
    is_machine_made: bool = False

    @property
    def is_changed(self) -> bool:
        return self.public != self.new


class SideBySide(Component):
    """The table of a translation in review, as a component of the review view."""

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
    """Return the table of the page in review; None if it is not a translation."""
    translation = find_translation(draft)
    return SideBySide(translation, list_rows(translation, draft, live)) if translation is not None else None


def list_rows(translation: Translation, draft: Any, live: Any) -> list[StringRow]:
    """Return the strings of the source with the strings at the same places of both versions."""
    segments = list_segments(translation)
    new, public = list_strings(draft), list_strings(live) if live is not None else {}
    by_machine = find_machine_made(translation, segments)
    labels = build_path_labels(draft, (segment.context.path for segment in segments))
    return [
        StringRow(
            labels[path],
            render(segment.string.data),
            string_at(public, path, place),
            string_at(new, path, place),
            (segment.string_id, segment.context_id) in by_machine,
        )
        for segment, path, place in list_places(segments)
    ]
