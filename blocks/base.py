"""Base classes of the blocks: groups of the block picker, preview and rules between fields."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from blocks.raw_values import readable

TEXT = _("Texto")
MEDIA = _("Imágenes y archivos")
DATA = _("Cifras y datos")
LINKS = _("Enlaces")

PREVIEW = "blocks/preview/page.html"


class PortalStreamBlock(blocks.StreamBlock):
    """A stream block that ignores stored items of unknown types and malformed values."""

    def to_python(self, value: Any) -> blocks.StreamValue:
        """Return the stream; a value that is not a JSON list gives an empty stream."""
        if isinstance(value, str):
            value = _parse_stored(value)
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            value = readable_items(self, value)
        elif not isinstance(value, list | tuple | blocks.StreamValue | None):
            value = []
        try:
            return super().to_python(value)
        except (TypeError, ValueError):
            return self.empty_value()


def _parse_stored(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def readable_items(block: blocks.StreamBlock, items: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the items that are valid blocks of the stream; their values are read lazily."""
    return [
        item
        for item in items
        if isinstance(item, dict)
        and "value" in item
        and isinstance(item.get("type"), str)
        and item["type"] in block.child_blocks
    ]


class PortalBlock(blocks.StructBlock):
    """A struct block with rules between its fields; each error is shown on its field."""

    def to_python(self, value: Any) -> blocks.StructValue:
        """Read what is stored, whatever it is."""
        return super().to_python(readable(self, value))

    def bulk_to_python(self, values: Iterable[Any]) -> list[blocks.StructValue]:
        """Read what is stored, whatever it is."""
        read: list[blocks.StructValue] = super().bulk_to_python([readable(self, value) for value in values])
        return read

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        problems = self.problems(cleaned)
        if problems:
            raise StructBlockValidationError(block_errors=problems)
        return cleaned

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        """Return the errors by field; a draft (`is_deferred_validation`) may be incomplete."""
        return {}

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """Return the text to search, without the “None” that Wagtail gives for an empty line."""
        if not self.search_index:
            return []
        return [
            text
            for name, block in self.child_blocks.items()
            if value.get(name) is not None
            for text in block.get_searchable_content(value[name])
        ]

    class Meta:
        preview_template = PREVIEW
