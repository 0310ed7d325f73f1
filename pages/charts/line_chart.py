"""A line chart of a figure over time, 360 units wide, and the same points as a table."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from abierto.progress.pace import expected_on
from pages.core.formatting import month_and_year, percent, whole_percent

LEFT, RIGHT, TOP, BOTTOM = 44, 344, 30, 190
LABEL = 56


@dataclass(frozen=True)
class ChartPoint:
    """The figures that were public on one day, with their source."""

    day: datetime.date
    declared: Decimal | None
    computed: Decimal | None
    stage: str = ""
    source: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class ChartMark:
    """A point of the chart: coordinates for an HTML attribute, and its label."""

    x: str
    declared_y: str
    computed_y: str
    declared: str
    computed: str
    expected: str
    is_last: bool
    label_x: str
    anchor: str
    computed_x: str
    computed_anchor: str
    point: ChartPoint

    @property
    def differs(self) -> bool:
        """Check whether the declared and computed figures differ."""
        return self.declared != self.computed


@dataclass(frozen=True)
class LineChart:
    """The chart of a figure with its coordinates for SVG; without ``has_chart`` only the table is shown."""

    marks: list[ChartMark]
    line: str
    first_label: str
    last_label: str
    has_chart: bool
    end: datetime.date | None


def build_line_chart(
    points: Sequence[ChartPoint], start: datetime.date | None, end: datetime.date | None
) -> LineChart:
    """Return the history of ``points``; without both dates of the promise there is only the table."""
    ordered = sorted(points, key=lambda point: (point.day, point.source))
    has_figures = any(point.declared is not None or point.computed is not None for point in ordered)
    if not has_figures or start is None or end is None or end <= start:
        return LineChart([_mark(point, None, None) for point in ordered], "", "", "", False, end)
    last = max(end, ordered[-1].day)
    marks = [_mark(point, start, end, last, point is ordered[-1]) for point in ordered]
    coordinates = [f"{mark.x} {mark.declared_y}" for mark in marks if mark.declared_y]
    line = f"M{LEFT} {BOTTOM}L{'L'.join(coordinates)}" if coordinates else ""
    return LineChart(marks, line, month_and_year(start), month_and_year(last), True, end)


def _mark(
    point: ChartPoint,
    start: datetime.date | None,
    end: datetime.date | None,
    last: datetime.date | None = None,
    is_last: bool = False,
) -> ChartMark:
    x = _x(point.day, start, last) if start and last else Decimal(LEFT)
    beyond = x > (LEFT + RIGHT) // 2
    return ChartMark(
        x=_coordinate(x),
        declared_y=_y(point.declared),
        computed_y=_y(point.computed),
        declared=percent(point.declared) or point.stage,
        computed=percent(point.computed),
        expected=whole_percent(expected_on(point.day, start, end)),
        is_last=is_last,
        label_x=_coordinate(x - 12 if beyond else x + 12),
        anchor="end" if beyond else "start",
        # On the left, away from the rising line, if the label fits.
        computed_x=_coordinate(x - 12 if x > LEFT + LABEL else x + 12),
        computed_anchor="end" if x > LEFT + LABEL else "start",
        point=point,
    )


def _x(day: datetime.date, start: datetime.date, last: datetime.date) -> Decimal:
    share = Decimal((day - start).days) / Decimal((last - start).days)
    return LEFT + (RIGHT - LEFT) * min(max(share, Decimal(0)), Decimal(1))


def _y(value: Decimal | None) -> str:
    return "" if value is None else _coordinate(BOTTOM - (BOTTOM - TOP) * value / 100)


def _coordinate(value: Decimal) -> str:
    return format(Decimal(value).quantize(Decimal("0.1")), "f")
