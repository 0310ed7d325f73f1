"""The cursor of a list: where the next part begins, as text that callers send back unread."""

from __future__ import annotations

import base64
import binascii
import re

LONGEST = 400
KEY = re.compile(r"[0-9A-Za-z.]{1,255}")


def write_cursor(key: object) -> str:
    """Return the cursor after the row with this key."""
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def read_cursor(text: str) -> str:
    """Return the key of a cursor.

    Raises:
        ValueError: for what no list has given.
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
