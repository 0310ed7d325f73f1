"""Numbers as a reviewer and the public history read them."""

from decimal import Decimal

import pytest

from abierto.approval.review.formatting import format_value


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Decimal("1500000.5"), "pesos", "1,500,000.5\N{NO-BREAK SPACE}pesos"),
        (Decimal("1500000.00"), "", "1,500,000"),
        (-12345, "", "-12,345"),
        (Decimal("45.50"), "%", "45.5\N{NO-BREAK SPACE}%"),
        (9999, "", "9999"),
    ],
)
def test_thousands_are_separated_from_five_digits_on(value, unit, shown):
    assert format_value(value, unit) == shown
