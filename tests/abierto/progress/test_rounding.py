from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abierto.progress.rounding import half_up, places_of, plain


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("50.5", 0, "51"),
        ("50.4999", 0, "50"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("33.335", 2, "33.34"),
        ("36.25", 1, "36.3"),
        ("100", 2, "100.00"),
        ("-2.5", 0, "-3"),
    ],
)
def test_an_exact_half_goes_up(value, places, rounded):
    assert str(half_up(Decimal(value), places)) == rounded


def test_the_noise_of_thirds_does_not_pull_an_exact_half_down():
    third = Decimal(100) / 3
    mean = (third + third + third) / 16

    assert mean < Decimal("6.25")
    assert half_up(mean, 1) == Decimal("6.3")


def test_it_ignores_the_decimal_context_of_its_caller():
    with localcontext(rounding="ROUND_DOWN"):
        assert half_up(Decimal("50.5")) == 51


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("36.25", "36.25"),
        ("42", "42"),
        ("42.00", "42"),
        ("33.50", "33.5"),
        ("44.57142857", "44.57"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.00", "0"),
        ("-0.001", "0"),
        ("9.995", "10"),
        ("-2.57", "-2.57"),
    ],
)
def test_a_figure_is_formatted_without_trailing_zeros(value, text):
    assert plain(Decimal(value)) == text


def test_a_figure_is_formatted_with_the_given_decimals():
    assert [plain(Decimal("44.5714"), places) for places in (0, 1, 3)] == ["45", "44.6", "44.571"]


@pytest.mark.parametrize(
    ("value", "places"),
    [("33", 0), ("33.00", 0), ("33.5", 1), ("33.50", 1), ("33.33", 2), ("100", 0), ("0", 0)],
)
def test_trailing_zeros_do_not_count_as_decimals(value, places):
    assert places_of(Decimal(value)) == places


@given(st.decimals(0, 100, places=2))
def test_a_formatted_figure_parses_back_to_the_same_value(value):
    assert Decimal(plain(value)) == value
