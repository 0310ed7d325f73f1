"""Read a slice of a resource by the parameters of a request, and one record by its id."""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from abierto.opendata.fields import Record
from abierto.opendata.resource import Resource

LONGEST = 400
KEY = re.compile(r"[0-9A-Za-z.]{1,255}")


def write_cursor(key: object) -> str:
    """Return the cursor after the row with this key."""
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def read_cursor(text: str) -> str:
    """Return the key of a cursor.

    Raises:
        ValueError: for a text that is not a cursor of a list.
    """
    if len(text) > LONGEST or not text.isascii():
        raise ValueError
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError from error
    if not KEY.fullmatch(key):
        raise ValueError
    return key


DEFAULT_LENGTH = 100


class BadParameter(ValueError):
    """A parameter that cannot be understood; the sentence says what to send instead."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name
        self.sentence = sentence


@dataclass(frozen=True)
class RecordSlice:
    """Consecutive records of a list, and the cursor of the next slice; empty at the end."""

    records: list[Record]
    next_cursor: str = ""


@dataclass(frozen=True)
class ListParameters:
    """The parameters of a list request: length, cursor, earliest modification, and filters by name."""

    length: int = DEFAULT_LENGTH
    cursor: str = ""
    modified_since: str = ""
    filters: dict[str, str] = field(default_factory=dict)


def read_slice(resource: Resource, wanted: ListParameters, request: HttpRequest) -> RecordSlice:
    """Return the requested records, with a number of queries that does not depend on theirs.

    Raises:
        BadParameter: for a value that is not valid.
    """
    rows = resource.read_public().filter(build_condition(resource, wanted))
    if wanted.cursor:
        rows = rows.filter(**{f"{resource.order}__gt": _read_key(resource, wanted.cursor)})
    length = min(wanted.length, resource.most)
    found = list(resource.in_order(rows)[: length + 1])
    shown = found[:length]
    following = write_cursor(getattr(shown[-1], resource.order)) if len(found) > length else ""
    return RecordSlice(resource.serialise(shown, request), following)


def build_condition(resource: Resource, wanted: ListParameters) -> Q:
    """Return the condition of the filters and of ``modified_since``.

    Raises:
        BadParameter: for a value that is not valid.
    """
    condition = Q()
    for name, value in wanted.filters.items():
        try:
            condition &= resource.match_filter(name, value)
        except (ValueError, OverflowError, ValidationError) as error:
            raise BadParameter(name, f"«{name}» lleva otra cosa. {resource.filters[name]}") from error
    if wanted.modified_since:
        condition &= Q(modified__gte=read_moment(wanted.modified_since))
    return condition


def read_moment(text: str) -> datetime.datetime:
    """Parse a date or time in ISO 8601; a date is its midnight, and without offset the time is local.

    Raises:
        BadParameter: for anything else.
    """
    sentence = "Escribe la fecha como 2026-01-31 o 2026-01-31T12:00:00-06:00."
    try:
        # A plus sign in an address is read as a space.
        day, moment = parse_date(text), parse_datetime(text.replace(" ", "+"))
        found = moment or (datetime.datetime.combine(day, datetime.time.min) if day else None)
        if found is None:
            raise BadParameter("modified_since", sentence)
        return timezone.make_aware(found) if timezone.is_naive(found) else found.astimezone(datetime.UTC)
    except (OverflowError, ValueError) as error:
        raise BadParameter("modified_since", sentence) from error


def find_row(resource: Resource, record_id: str) -> Any:
    """Return the public row with this id; None without one."""
    try:
        return resource.read_public().filter(resource.match_id(record_id)).order_by(resource.order).first()
    except (ValueError, OverflowError, ValidationError):
        return None


def find_hidden(resource: Resource, record_id: str) -> Any:
    """Return the row with this id that is not public; None without one."""
    try:
        return resource.find_hidden(record_id)
    except (ValueError, OverflowError, ValidationError):
        return None


def _read_key(resource: Resource, cursor: str) -> str | int:
    try:
        key = read_cursor(cursor)
        return int(key) if resource.order == "pk" else key
    except ValueError as error:
        raise BadParameter("cursor", "Manda el cursor tal como vino, o quítalo para empezar.") from error
