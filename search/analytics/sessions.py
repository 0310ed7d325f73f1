"""Telling two visits of one day apart, and nothing more.

A visit is a hash of the address and the browser under a random key that every process reads from the
database and that is deleted the day after. Without it nobody, not even with the whole database and the
secret of the installation, can go back from the hash to an address or join two days of one person.
"""

from __future__ import annotations

import datetime
import hmac
import secrets
from hashlib import sha256

from django.http import HttpRequest

from .models import DayKey

_kept: dict[datetime.date, bytes] = {}


def hash_session(request: HttpRequest, day: datetime.date) -> str:
    """The visit that a request belongs to, on this day."""
    seen = "\n".join((_address(request), request.headers.get("User-Agent", "")[:300]))
    return hmac.new(_key_of(day), seen.encode(), sha256).hexdigest()[:16]


def forget_old_keys(day: datetime.date) -> None:
    """Destroy the keys of the days before this one, here and in the database."""
    DayKey.objects.filter(day__lt=day).delete()
    for old in [other for other in _kept if other < day]:
        _kept.pop(old, None)


def _key_of(day: datetime.date) -> bytes:
    if day not in _kept:
        row, _created = DayKey.objects.get_or_create(day=day, defaults={"key": secrets.token_hex(32)})
        forget_old_keys(day)
        _kept[day] = bytes.fromhex(row.key)
    return _kept[day]


def _address(request: HttpRequest) -> str:
    """Where the request seems to come from. Anybody can lie here: it serves to count, not to protect."""
    nearest = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return nearest[:100] or request.META.get("REMOTE_ADDR", "")
