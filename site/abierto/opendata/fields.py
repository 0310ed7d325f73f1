"""The data dictionary: the meaning, unit and source of each field of a record.

Names are those of the JSON. Labels and meanings are in Spanish, like the data and the schemas of the API;
pages and files for people translate them (``in_active_language``).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from pages.figures.serialization import shown

type Record = dict[str, Any]

#: Separator of several values in one cell.
SEPARATOR = "; "


class FieldKind(Enum):
    """The type of a value: its label, its JSON Schema, and its type in a Frictionless table schema."""

    TEXT = (_("texto"), {"type": "string"}, "string")
    ADDRESS = (_("dirección"), {"type": "string"}, "string")
    INTEGER = (_("entero"), {"type": "integer"}, "integer")
    NUMBER = (_("número"), {"type": "number"}, "number")
    DAY = (_("fecha"), {"type": "string", "format": "date"}, "date")
    MOMENT = (_("fecha y hora"), {"type": "string", "format": "date-time"}, "datetime")
    YES_NO = (_("sí o no"), {"type": "boolean"}, "boolean")
    LIST = (_("lista de textos"), {"type": "array", "items": {"type": "string"}}, "string")
    ROWS = (_("lista de renglones"), {"type": "array"}, "string")

    def __init__(self, label: str, schema: dict[str, Any], table_type: str) -> None:
        self.label = label
        self.schema = schema
        self.table_type = table_type


@dataclass(frozen=True)
class Field:
    """A field of a record.

    ``source`` is where the value comes from; ``items`` are the fields of the rows of the type ``ROWS``. An
    ``only_alone`` field is in the response of a single record, not in lists and tables.
    """

    name: str
    kind: FieldKind
    label: str
    meaning: str = ""
    unit: str = ""
    source: str = ""
    items: tuple[Field, ...] = ()
    only_alone: bool = False
    is_required: bool = False

    @property
    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value; unknown values are null, and lists without values empty."""
        schema: dict[str, Any] = dict(self.kind.schema)
        if self.kind is FieldKind.ROWS:
            schema["items"] = object_schema(self.items)
        elif self.kind is not FieldKind.LIST and not self.is_required:
            schema["type"] = [schema["type"], "null"]
        schema["title"] = self.label
        described = " ".join(filter(None, [self.meaning, self.unit and f"Unidad: {self.unit}."]))
        return schema | ({"description": described} if described else {})


def in_active_language(field: Field) -> Field:
    """Return the field with its texts in the active language."""
    return replace(
        field,
        label=translate_text(field.label),
        meaning=translate_text(field.meaning),
        unit=translate_text(field.unit),
        source=translate_text(field.source),
        items=tuple(map(in_active_language, field.items)),
    )


def translate_text(text: str) -> str:
    """Return a text in the active language; ``gettext("")`` would return the header of the catalogue."""
    return gettext(text) if text else ""


def object_schema(fields: Iterable[Field]) -> dict[str, Any]:
    """Return the JSON Schema of a record; all fields that are not ``only_alone`` are required."""
    known = {field.name: field.json_schema for field in fields}
    required = [field.name for field in fields if not field.only_alone]
    return {"type": "object", "properties": known, "required": required, "additionalProperties": False}


def list_table_fields(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield the fields of lists and tables, without those that are ``only_alone``."""
    return (field for field in fields if not field.only_alone)


def from_source(source: str, *fields: Field) -> tuple[Field, ...]:
    """Return the fields, with ``source`` for those without a source of their own."""
    return tuple(field if field.source else replace(field, source=source) for field in fields)


def json_value(value: Any) -> Any:
    """Return a value for JSON: numbers with at most two decimals, local times with their offset."""
    if isinstance(value, Decimal):
        return shown(value)
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: json_value(part) for name, part in value.items()}
    if isinstance(value, list):
        return [json_value(part) for part in value]
    return value


def cell_value(field: Field, value: Any) -> Any:
    """Return a value for a cell: numbers and dates with their type, lists and rows as one text."""
    if isinstance(value, Decimal):
        return shown(value)
    if field.kind is FieldKind.LIST:
        return SEPARATOR.join(value)
    if field.kind is FieldKind.ROWS:
        return SEPARATOR.join(_write_row(field, row) for row in value)
    return value


def _write_row(field: Field, row: Record) -> str:
    """Return the known values of a row with their labels as one text."""
    known = ((item, json_value(row[item.name])) for item in field.items)
    return ", ".join(f"{item.label}: {value}" for item, value in known if value not in ("", None))
