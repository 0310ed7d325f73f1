"""Field blocks with rules of the portal.

Migrations refer to their Wagtail base blocks, so the classes may be moved or renamed.
"""

from html import unescape
from typing import Any

from django.utils.functional import Promise
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.rich_text import RichText

from abierto.form_fields.fields import DayField, FigureField
from abierto.form_fields.texts import WebAddressField, complete_links
from abierto.text import remove_hidden, rich_text_lines, visible_text
from blocks.validators import validate_key, validate_rich_links, validate_web_address

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]

Deconstructed = tuple[str, tuple[Any, ...], dict[str, Any]]


class LineBlock(blocks.CharBlock):
    """One line of text; a value without visible characters counts as empty."""

    def clean(self, value: str) -> Any:
        return super().clean(visible_text(value))

    def deconstruct(self) -> Deconstructed:
        return ("wagtail.blocks.CharBlock", *self._constructor_args)


class LinesBlock(blocks.TextBlock):
    """Lines of text; a value without visible characters counts as empty."""

    def clean(self, value: str) -> Any:
        return super().clean(visible_text(value))

    def deconstruct(self) -> Deconstructed:
        return ("wagtail.blocks.TextBlock", *self._constructor_args)


class FixedCharBlock(LineBlock):
    """A line that is the same in every language: a figure, a name, an identifier."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Return no segments: there is nothing to translate."""
        return []


class KeyBlock(FixedCharBlock):
    """An identifier that other objects refer to; it is not searched."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"validators": [validate_key], "search_index": False, "max_length": 80, **kwargs})


class WebAddressBlock(blocks.URLBlock):
    """An http or https address, with one error message in Spanish."""

    def __init__(
        self, required: bool = True, help_text: str | None = None, max_length: int = 1000, **kwargs: Any
    ) -> None:
        super().__init__(required=required, help_text=help_text, max_length=max_length, **kwargs)
        # Django's URL field would add a second message and accept ftp.
        self.field = WebAddressField(
            required=required,
            help_text=help_text or "",
            max_length=max_length,
            validators=[validate_web_address],
        )

    def deconstruct(self) -> Deconstructed:
        return ("wagtail.blocks.URLBlock", *self._constructor_args)


class NumberBlock(blocks.DecimalBlock):
    """A number in any usual notation."""

    def __init__(self, required: bool = True, help_text: str | Promise | None = None, **kwargs: Any) -> None:
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = FigureField(required=required, help_text=help_text or "")

    def deconstruct(self) -> Deconstructed:
        return ("wagtail.blocks.DecimalBlock", *self._constructor_args)


class DayBlock(blocks.DateBlock):
    """A date in any usual notation."""

    def __init__(self, required: bool = True, help_text: str | None = None, **kwargs: Any) -> None:
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = DayField(required=required, help_text=help_text or "")

    def deconstruct(self) -> Deconstructed:
        return ("wagtail.blocks.DateBlock", *self._constructor_args)


class InlineTextBlock(blocks.RichTextBlock):
    """Paragraphs with bold, italics and safe links, nothing else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": INLINE_FEATURES, "validators": [validate_rich_links], **kwargs})

    def clean(self, value: RichText) -> Any:
        """Complete the links; markup without visible text counts as empty."""
        source = complete_links(remove_hidden(value.source))
        return super().clean(RichText(source if visible_text(unescape(strip_tags(source))) else ""))

    def get_searchable_content(self, value: RichText) -> list[str]:
        """Return the text with its paragraphs and list items on lines of their own."""
        return [rich_text_lines(value.source)] if self.search_index else []

    def to_python(self, value: Any) -> RichText:
        """Read what is stored, whatever it is."""
        return super().to_python(value if isinstance(value, str) else "")

    def deconstruct(self) -> Deconstructed:
        return ("wagtail.blocks.RichTextBlock", *self._constructor_args)
