"""JSON of records with their dictionary, written record by record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext

from . import licence
from .about import About
from .fields import Field, Record, json_value


def iterate_json(fields: Sequence[Field], records: Iterable[Record], about: About) -> Iterator[str]:
    """Yield an object with what the file is, the dictionary and, last, the data."""
    head = {
        "title": about.title,
        "url": about.url,
        "cutoff": about.cutoff.isoformat(),
        "license": licence.URL,
        "dictionary": [_describe(field) for field in fields],
    }
    yield f'{_write(head)[:-1]},"data":['
    for number, record in enumerate(records):
        yield f"{',' if number else ''}\n{_write(json_value(record))}"
    yield "\n]}\n"


def _describe(field: Field) -> dict[str, Any]:
    known = {
        "name": field.name,
        "label": field.label,
        "type": gettext(field.kind.label),
        "meaning": field.meaning,
        "unit": field.unit,
        "source": field.source,
        "items": [_describe(item) for item in field.items],
    }
    return {name: value for name, value in known.items() if value}


def _write(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
