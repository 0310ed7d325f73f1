"""Format an indicator: baseline, target and last measurement."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.progress.rounding import plain
from pages.core.formatting import NO_BREAK_SPACE, full_date

from .enums import UnitKind
from .fields import MeasurementMixin
from .models import MatrixRow

#: The decimals that the columns of quantities have.
PLACES = 4


@dataclass(frozen=True)
class Measurement:
    """A measured value with its day, its source and the update that reported it."""

    value: Decimal
    on: datetime.date | None
    source: str
    update_title: str
    update_url: str


@dataclass(frozen=True)
class IndicatorView:
    """An indicator with its quantities as text; empty where no document states them."""

    row: MatrixRow
    measurement: Measurement | None
    url: str = ""

    @property
    def baseline(self) -> str:
        return self._write(self.row.baseline)

    @property
    def target(self) -> str:
        return self._write(self.row.target)

    @property
    def measured(self) -> str:
        return self._write(self.measurement.value) if self.measurement is not None else ""

    @property
    def sentence(self) -> str:
        """Return what was measured against the target: «25 personas de una meta de 40 personas»."""
        if self.measured and self.target:
            return _("%(measured)s de una meta de %(target)s") % {
                "measured": self.measured,
                "target": self.target,
            }
        return self.measured

    def describe(self) -> str:
        """Return the indicator and its target in one or two sentences, for the forms."""
        name = _("Indicador: %(name)s.") % {"name": self.row}
        return f"{name} {_('Meta: %(target)s.') % {'target': self.target_with_day}}" if self.target else name

    @property
    def target_with_day(self) -> str:
        return _with_day(self.target, self.row.target_on)

    @property
    def baseline_with_day(self) -> str:
        return _with_day(self.baseline, self.row.baseline_on)

    def _write(self, value: Decimal | None) -> str:
        return write_quantity(value, self.row.unit, self.row.unit_name)


def pick_last_measurements(
    found: Iterable[tuple[MeasurementMixin, Page]], request: HttpRequest
) -> dict[UUID | None, Measurement]:
    """Return the measurement of the latest day of each indicator; of the same day, the last one of ``found``.

    ``found`` are measured values with the update that reports them.
    """
    last: dict[UUID | None, tuple[datetime.date, MeasurementMixin, Page]] = {}
    for measure, update in found:
        key, day = measure.indicator_key, measure.measured_on
        if key is None or day is None or measure.measured is None:
            continue
        if key not in last or last[key][0] <= day:
            last[key] = (day, measure, update)
    return {
        key: Measurement(
            measure.measured,
            day,
            measure.measured_source,
            update.title,
            update.get_url(request) or "",
        )
        for key, (day, measure, update) in last.items()
    }


def build_measured_view(part: MeasurementMixin, row: MatrixRow | None) -> IndicatorView | None:
    """Return the indicator ``row`` with what an update, or a part of it, measured; None without a value."""
    if row is None or part.measured is None:
        return None
    own = Measurement(part.measured, part.measured_on, part.measured_source, "", "")
    return IndicatorView(row, own)


def write_quantity(value: Decimal | None, unit: str, unit_name: str) -> str:
    """Write a quantity with its unit: «1,200 personas», «33.5 %»; empty for None."""
    if value is None:
        return ""
    name = unit_name.strip() if unit == UnitKind.OTHER else "%"
    number = f"{Decimal(plain(value, PLACES)):,f}"
    return f"{number}{NO_BREAK_SPACE}{name}".rstrip(NO_BREAK_SPACE)


def _with_day(text: str, day: datetime.date | None) -> str:
    if not text or day is None:
        return text
    return _("%(quantity)s (%(day)s)") % {"quantity": text, "day": full_date(day)}
