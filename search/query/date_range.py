"""The days between which the date of a result must lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DATE_FIELD = "date"


@dataclass(frozen=True, slots=True)
class DateRange:
    """The first and the last day, both included; None where the range is open. Empty without either."""

    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    @property
    def ordinals(self) -> tuple[int, int]:
        """Return both days as proleptic ordinals. A page without a date has 0 and lies in no range."""
        return (self.since or date.min).toordinal(), (self.until or date.max).toordinal()

    def ordered(self) -> DateRange:
        """Return the range with its earlier day first."""
        if self.since and self.until and self.since > self.until:
            return DateRange(self.until, self.since)
        return self
