"""Display text of one stored field of a page, snippet or inline row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wagtail.fields import RichTextField

from .attachments import build_attachment
from .block_values import BlockFormatter
from .display_values import MISSING, DisplayValue
from .fields import ReviewField
from .formatting import format_field, is_empty
from .invisible_characters import name_invisible
from .stored_content import Content


def find_stored_value(content: Content | None, review_field: ReviewField) -> Any:
    """Return the stored value of a field; a default is not stored."""
    held = [content.get(name, MISSING) for name in review_field.names] if content is not None else []
    if all(value is MISSING for value in held):
        return MISSING
    return held[0] if len(held) == 1 else [None if value is MISSING else value for value in held]


class FieldFormatter:
    """Format fields as text; ``blocks`` formats their blocks."""

    def __init__(self, blocks: BlockFormatter) -> None:
        self.blocks = blocks

    def read(self, subject: Any | None, review_field: ReviewField, stored: Any) -> DisplayValue:
        """Return the display value of a field in one version."""
        if subject is None:
            return DisplayValue("", MISSING)
        field = review_field.field
        if field.many_to_many:
            keys = stored if isinstance(stored, list) else []
            return DisplayValue(
                "\n".join(self.blocks.objects.describe(field.related_model, key) for key in keys), stored
            )
        value = field.value_from_object(subject)
        if field.many_to_one or field.one_to_one:
            return self._read_key(field, value, stored)
        if isinstance(field, RichTextField):
            return replace(self.blocks.read_rich_text(value or ""), stored=stored)
        return self._read_plain(subject, review_field, stored)

    def _read_key(self, field: Any, key: Any, stored: Any) -> DisplayValue:
        """Return the target of a foreign key as text."""
        if key is None:
            return DisplayValue("", stored)
        found = self.blocks.objects.attachment(field.related_model, key)
        words = self.blocks.objects.describe(field.related_model, key)
        return DisplayValue(words, stored, attachments=(found,) if found else ())

    def _read_plain(self, subject: Any, review_field: ReviewField, stored: Any) -> DisplayValue:
        """Return the text of a plain field; of two fields for one figure, the one that is set."""
        fields = [review_field.field, *([review_field.instead] if review_field.instead else [])]
        values = [(field, field.value_from_object(subject)) for field in fields]
        filled = [(field, value) for field, value in values if not is_empty(value)]
        words = " · ".join(format_field(field, value) for field, value in filled or values[:1])
        found = build_attachment(values[0][1])
        return DisplayValue(
            name_invisible(self.blocks.names.get(words, words)),
            stored,
            attachments=(found,) if found else (),
            is_empty=not filled,
        )
