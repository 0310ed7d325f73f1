"""Convert figures from decimal columns to the precision at which they were published."""

from decimal import Decimal
from typing import overload


@overload
def as_published(value: Decimal) -> Decimal: ...
@overload
def as_published(value: None) -> None: ...
@overload
def as_published(value: Decimal | None) -> Decimal | None: ...
def as_published(value: Decimal | None) -> Decimal | None:
    """Return ``value`` with no more decimals than were published: 42.00 → 42, 33.50 → 33.5.

    The rules compare a declared figure at its own precision, which a column of fixed decimals hides.
    """
    if value is None:
        return None
    normal = Decimal(value).normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral_value() else normal
