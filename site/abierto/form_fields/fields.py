"""Form fields of numbers and dates that people type."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from .numbers import AmbiguousNumberError, UnreadableNumberError, read_number, write_number
from .widgets import NumberTextInput

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
    """A whole number."""

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
