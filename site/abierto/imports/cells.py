"""Convert cells to values of model fields with the form fields of the admin."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from abierto.form_fields.fields import CountField, DayField, FigureField
from abierto.spreadsheets.rows import SheetColumn, SheetRow, heading_key
from abierto.text import remove_hidden

type Refuse = Callable[[SheetRow, str, str], None]


def describe_fields(model: type[models.Model], names: tuple[str, ...]) -> list[SheetColumn]:
    """Return optional columns for model fields, with their verbose names and help texts."""
    found = []
    for name in names:
        field: Any = model._meta.get_field(name)
        text = str(field.help_text)
        if isinstance(field, models.DateField):
            text = _("Día/mes/año.")
        label = str(field.verbose_name)
        unit = _("meses") if name == "cadence_months" else ""
        found.append(SheetColumn(name, label[:1].upper() + label[1:], False, text, unit=unit))
    return found


def describe_choices(choices: type[models.TextChoices]) -> str:
    """Return the sentence that lists the labels of a closed list."""
    labels = ", ".join(str(label) for label in choices.labels)
    return _("Uno de estos: %(values)s.") % {"values": labels}


def read_value(field: Any, row: SheetRow, name: str, refuse: Refuse) -> Any:
    """Return the value of a cell for a field of a model; an empty cell gives the default of the field."""
    value = row.cells.get(name)
    if value is None:
        return field.get_default() if field.has_default() or not field.null else None
    if isinstance(field, models.DateField):
        return value if isinstance(value, datetime.date) else clean(DayField(), row, name, refuse)
    if isinstance(field, models.DecimalField):
        return clean(FigureField(decimal_places=field.decimal_places), row, name, refuse)
    if isinstance(field, models.IntegerField):
        return clean(CountField(), row, name, refuse)
    return remove_hidden(row.text(name))


def clean(form_field: Any, row: SheetRow, name: str, refuse: Refuse) -> Any:
    try:
        return form_field.clean(row.text(name))
    except ValidationError as error:
        refuse(row, name, " ".join(error.messages))
        return None


def read_code(row: SheetRow, name: str, refuse: Refuse) -> str:
    """Return a code; empty with a problem if it is missing or Excel has made it a date («1-2»)."""
    value = row.cells.get(name, "")
    if isinstance(value, datetime.date):
        message = _("Excel lo convirtió en fecha. Da formato de texto a la columna y escríbelo otra vez.")
        refuse(row, name, message)
        return ""
    if not value:
        refuse(row, name, _("Falta este dato. El renglón no se puede ubicar sin él."))
    return value


def read_choice(row: SheetRow, name: str, choices: type[models.TextChoices], refuse: Refuse) -> str:
    """Return the choice with this label or value; empty for an empty cell, or with a problem."""
    text = row.text(name)
    known = {
        heading_key(str(word)): str(choice.value)
        for choice in choices
        for word in (choice.label, choice.value)
    }
    if not text or heading_key(text) in known:
        return known.get(heading_key(text), "")
    labels = ", ".join(str(label) for label in choices.labels)
    message = _("«%(value)s» no está en la lista. Escribe uno de estos: %(values)s.")
    refuse(row, name, message % {"value": text[:60], "values": labels})
    return ""
