"""Primary keys in client input."""

MOST_DIGITS = 18
"""A key of more digits does not fit the 64 bits of a column."""


def parse_key(text: str) -> int | None:
    """Return the primary key that a text is; None for any other text."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None
