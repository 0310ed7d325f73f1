"""The input of a number: text, since browsers change or drop what they do not read in ``type=number``."""

from decimal import Decimal
from typing import Any

from django import forms

from .numbers import UnreadableNumberError, read_number, write_number

NO_BREAK_SPACE = "\u00a0"


class NumberTextInput(forms.TextInput):
    """A text input of a number, with the number as it is understood beside it."""

    template_name = "form_fields/number_input.html"
    unit = ""
    is_whole = False
    #: Whether the number has the decimals of its column, in which zeros at the end say nothing.
    has_fixed_decimals = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "inputmode": "decimal", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Return the text as it was typed, or the stored number without the zeros of its column."""
        if self.has_fixed_decimals and isinstance(value, Decimal):
            return write_number(value)
        text: str | None = super().format_value(value)
        return text

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        text = context["widget"]["value"] or ""
        understood = self.describe(text)
        # For the script that shows the number while it is typed.
        context["widget"]["attrs"] |= {
            "data-number": "whole" if self.is_whole else "decimal",
            **({"data-unit": self.unit} if self.unit else {}),
        }
        context["widget"]["understood"] = "" if understood == text.strip() else understood
        return context

    def describe(self, text: str) -> str:
        """Write the number that ``text`` is read as, with its unit; empty when it is none."""
        try:
            number = write_number(read_number(text, unit=self.unit, is_whole=self.is_whole))
        except UnreadableNumberError:
            return ""
        return f"{number}{NO_BREAK_SPACE}{self.unit}" if self.unit else number
