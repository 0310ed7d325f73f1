"""The value reported for an action: a percentage, a stage as text, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)


def check_percent(percent: Decimal, what: str) -> None:
    """Raise ``ValueError`` unless ``percent`` lies between 0 and 100."""
    if not percent.is_finite() or not ZERO <= percent <= HUNDRED:
        raise ValueError(f"{what} must be between 0 and 100, not {percent}")


@dataclass(frozen=True, slots=True)
class Value:
    """A reported value: a percentage **or** the text of a stage; with neither, missing."""

    percent: Decimal | None = None
    stage: str = ""

    def __post_init__(self) -> None:
        if self.percent is None:
            return
        if self.stage:
            raise ValueError(f"a value is a percentage or a stage, not both: {self.percent}, {self.stage!r}")
        check_percent(self.percent, "a percentage")

    @property
    def is_missing(self) -> bool:
        """Check whether neither a percentage nor a stage was reported."""
        return self.percent is None and not self.stage


MISSING = Value()
