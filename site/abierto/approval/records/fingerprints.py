"""Hashes of values. No model is imported: migrations use this module too."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

Values = Mapping[str, Any]
Prints = dict[str, str]


def fingerprint(name: str, value: Any) -> str:
    """Return the hash of one value under its name."""
    text = json.dumps([name, spell(value)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def spell(value: Any) -> Any:
    """Return a value in a form that is the same before saving and after reading back."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if value is None or isinstance(value, bool | int | list):
        return value
    return str(value)


def prints_of(values: Values) -> Prints:
    """Return the hash of each value."""
    return {name: fingerprint(name, value) for name, value in values.items()}
