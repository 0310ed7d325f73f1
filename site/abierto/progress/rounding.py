"""Figures as people read them: half up, and only at the moment of showing them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# The mean of a mean of thirds ends in noise (6.2499…9 for an exact 6.25). Rounding first
# to this many places takes the noise away, so that an exact half goes up as it should.
_NOISE_FREE_PLACES = 12


def half_up(value: Decimal, places: int = 0) -> Decimal:
    """Round to ``places`` decimals; an exact half goes up (50.5 → 51)."""
    if places < _NOISE_FREE_PLACES:
        value = _round(value, _NOISE_FREE_PLACES)
    return _round(value, places)


def plain(value: Decimal, places: int = 2) -> str:
    """Write a figure with at most ``places`` decimals and no idle zeros: "36.25", "42"."""
    return format(half_up(value, places).normalize(), "f")


def places_of(value: Decimal) -> int:
    """Count the decimals of a figure.

    Trailing zeros do not count: a database column returns 33 as 33.00.
    """
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _round(value: Decimal, places: int) -> Decimal:
    # Adding zero turns a negative zero into the plain one.
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0
