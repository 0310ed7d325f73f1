"""Round figures half up, which is done only when they are shown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# A mean of means of thirds has a rounding error (6.2499…9 for an exact 6.25). Rounding to this many places
# first removes it, so that an exact half is rounded up.
_NOISE_FREE_PLACES = 12


def half_up(value: Decimal, places: int = 0) -> Decimal:
    """Round to ``places`` decimals; an exact half goes up (50.5 → 51)."""
    if places < _NOISE_FREE_PLACES:
        value = _round(value, _NOISE_FREE_PLACES)
    return _round(value, places)


def plain(value: Decimal, places: int = 2) -> str:
    """Format a figure with at most ``places`` decimals and without trailing zeros: "36.25", "42"."""
    return format(half_up(value, places).normalize(), "f")


def places_of(value: Decimal) -> int:
    """Return the number of decimals of a figure.

    Trailing zeros do not count: a database column returns 33 as 33.00.
    """
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _round(value: Decimal, places: int) -> Decimal:
    # Adding zero converts a negative zero to zero.
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0
