"""Count distinct sessions of one day without identifying visitors.

A session is a hash of the address and the browser under a random key, which all processes share through the
database and which is deleted the next day. Without the key a hash cannot be linked to an address or a day,
even with the whole database and the secret key of the installation.
"""

from __future__ import annotations

import datetime
import hmac
import secrets
from hashlib import sha256

from django.http import HttpRequest

from .models import DayKey

_keys: dict[datetime.date, bytes] = {}


def hash_session(request: HttpRequest, day: datetime.date) -> str:
    """Return the session of a request on this day."""
    seen = "\n".join((_address(request), request.headers.get("User-Agent", "")[:300]))
    return hmac.new(_key_of(day), seen.encode(), sha256).hexdigest()[:16]


def delete_old_keys(day: datetime.date) -> None:
    """Delete the keys of earlier days, in this process and in the database."""
    DayKey.objects.filter(day__lt=day).delete()
    for old in [other for other in _keys if other < day]:
        _keys.pop(old, None)


def _key_of(day: datetime.date) -> bytes:
    if day not in _keys:
        row, _created = DayKey.objects.get_or_create(day=day, defaults={"key": secrets.token_hex(32)})
        delete_old_keys(day)
        _keys[day] = bytes.fromhex(row.key)
    return _keys[day]


def _address(request: HttpRequest) -> str:
    """Return the apparent client address. It can be forged: it serves to count, not to protect."""
    nearest = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return nearest[:100] or request.META.get("REMOTE_ADDR", "")
