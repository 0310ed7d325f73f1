"""Form fields of numbers and dates that people type.

The input of a number is text, since browsers change or drop what they do not read in ``type=number``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from .numbers import AmbiguousNumberError, UnreadableNumberError, read_number, write_number

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


AMBIGUOUS = _("Puede leerse de dos maneras. Escribe los miles sin separarlos, por ejemplo 1234.")
TOO_LARGE = _("La cifra es demasiado grande.")


class FigureField(forms.DecimalField):
    """A number that may have decimals and be followed by its unit."""

    widget = NumberTextInput
    default_error_messages = {
        "invalid": _("No se entiende la cifra. Escríbela con números, por ejemplo 45 o 45.5."),
        "ambiguous": AMBIGUOUS,
        "max_decimal_places": _("Escribe a lo más %(max)s decimales."),
        "max_digits": TOO_LARGE,
        "max_whole_digits": TOO_LARGE,
    }

    def __init__(self, *, unit: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unit = unit
        if isinstance(self.widget, NumberTextInput):
            self.widget.unit = unit
            self.widget.has_fixed_decimals = self.decimal_places is not None

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Read the number.

        Raises:
            ValidationError: when it cannot be read, or has more decimals than its column.
        """
        number = _read(self, value, unit=self.unit)
        if number is None or self.decimal_places is None:
            return number
        if number != round(number, self.decimal_places):
            raise ValidationError(
                self.error_messages["max_decimal_places"],
                code="max_decimal_places",
                params={"max": self.decimal_places},
            )
        return Decimal(write_number(number))


class CountField(forms.IntegerField):
    widget = NumberTextInput
    default_error_messages = {
        "invalid": _("Escribe un número entero, por ejemplo 12."),
        "ambiguous": AMBIGUOUS,
    }

    def __init__(self, *, min_value: int | None = None, max_value: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Not as error messages: they would replace those of the model's own validators.
        if min_value is not None:
            self.validators.append(MinValueValidator(min_value, _("Escribe %(limit_value)s o más.")))
        if max_value is not None:
            self.validators.append(MaxValueValidator(max_value, _("Escribe %(limit_value)s o menos.")))
        if isinstance(self.widget, NumberTextInput):
            self.widget.is_whole = True
            self.widget.attrs["inputmode"] = "numeric"

    def to_python(self, value: Any) -> int | None:
        """Read the number.

        Raises:
            ValidationError: when it cannot be read or is not whole.
        """
        number = _read(self, value, is_whole=True)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(number)


def _read(field: forms.Field, value: Any, **how: Any) -> Decimal | None:
    if value is None or not str(value).strip():
        return None
    try:
        return read_number(str(value), **how)
    except AmbiguousNumberError as error:
        raise ValidationError(field.error_messages["ambiguous"], code="ambiguous") from error
    except UnreadableNumberError as error:
        raise ValidationError(field.error_messages["invalid"], code="invalid") from error


class DayField(forms.DateField):
    """A date, written day/month/year or as in ISO 8601."""

    widget = AdminDateInput
    default_error_messages = {
        "invalid": _("No se entiende la fecha. Escríbela como día/mes/año, por ejemplo 31/12/2026."),
    }


class MomentField(forms.DateTimeField):
    """A date and a time in the portal's time zone."""

    widget = AdminDateTimeInput
    default_error_messages = {
        "invalid": _(
            "No se entiende la fecha. Escríbela como día/mes/año y hora, por ejemplo 31/12/2026 18:00."
        ),
    }
