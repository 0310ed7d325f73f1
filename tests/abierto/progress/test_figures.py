from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from abierto.progress.figures import MISSING, Value


@pytest.mark.parametrize("percent", ["0", "0.01", "33.33", "100", "100.00"])
def test_a_percentage_from_0_to_100_is_accepted(percent):
    value = Value(percent=Decimal(percent))

    assert value.percent == Decimal(percent)
    assert not value.is_missing


@pytest.mark.parametrize("percent", ["-0.01", "100.01", "1000", "NaN", "sNaN", "Infinity"])
def test_another_number_is_refused_with_a_message(percent):
    with pytest.raises(ValueError, match=f"between 0 and 100, not {percent}"):
        Value(percent=Decimal(percent))


def test_a_percentage_with_a_stage_is_refused():
    with pytest.raises(ValueError, match="a percentage or a stage, not both: 20, 'En diseño'"):
        Value(percent=Decimal(20), stage="En diseño")


def test_zero_with_a_stage_is_refused_too():
    with pytest.raises(ValueError, match="not both"):
        Value(percent=Decimal(0), stage="En diseño")


def test_a_stage_is_not_missing():
    assert not Value(stage="En diseño").is_missing
    assert Value() == MISSING
    assert MISSING.is_missing


def test_a_value_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        MISSING.stage = "En diseño"
