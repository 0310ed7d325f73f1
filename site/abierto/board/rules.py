"""Rows, filters and figures of the board: plain functions without a query."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from abierto.progress.rounding import half_up
from abierto.registry.models.steps import Measure
from pages.core.formatting import full_date, percent


@dataclass(frozen=True)
class BoardRow:
    """The public data of one municipality on a day; None or an empty text where no document has any."""

    code: str
    name: str
    slug: str
    url: str = ""
    declaration: str = ""
    reached: int | None = None
    steps: int = 0
    has_roadmap: bool = False
    installed_on: datetime.date | None = None
    valid_until: datetime.date | None = None
    has_secretariat: bool = False
    is_term_over: bool = False
    plan_title: str = ""
    last_update_on: datetime.date | None = None
    late: int = 0
    #: Public observations about its roadmap, commitments and updates that are not closed or answered.
    open_observations: int = 0
    late_observations: int = 0
    site_url: str = ""
    site_state: str = ""
    site_checked_at: datetime.datetime | None = None

    @property
    def has_current_secretariat(self) -> bool:
        """Check that it has a secretariat whose term, if it is known, is not over."""
        return self.has_secretariat and not self.is_term_over

    @property
    def missing(self) -> list[str]:
        """Return what the municipality lacks, one sentence each, in the order of the roadmap."""
        found = []
        if not self.has_secretariat:
            found.append(_("No conocemos el acta de su secretariado."))
        elif self.is_term_over and self.valid_until is not None:
            found.append(
                _("El periodo de su secretariado terminó el %(day)s.") % {"day": full_date(self.valid_until)}
            )
        if not self.has_roadmap:
            found.append(_("No tiene hoja de ruta pública."))
        elif self.reached is None:
            found.append(_("En su hoja de ruta no consta ningún paso."))
        if not self.plan_title:
            found.append(_("No tiene plan publicado."))
        elif self.last_update_on is None:
            found.append(_("Su plan no tiene ningún reporte de avance."))
        if self.late:
            sentence = ngettext(
                "%(count)d compromiso tiene su reporte atrasado.",
                "%(count)d compromisos tienen su reporte atrasado.",
                self.late,
            )
            found.append(sentence % {"count": self.late})
        if self.open_observations:
            sentence = ngettext(
                "%(count)d observación espera su respuesta.",
                "%(count)d observaciones esperan su respuesta.",
                self.open_observations,
            )
            found.append(sentence % {"count": self.open_observations})
        if self.late_observations:
            sentence = ngettext(
                "%(count)d observación pasó su plazo sin respuesta.",
                "%(count)d observaciones pasaron su plazo sin respuesta.",
                self.late_observations,
            )
            found.append(sentence % {"count": self.late_observations})
        return found


class BoardOrder(StrEnum):
    """The orders of the board, by the value of ``orden``."""

    NAME = "municipio"
    STEP = "paso"
    SECRETARIAT = "secretariado"
    UPDATE = "avance"
    LATE = "atrasos"


class BoardFilter(StrEnum):
    """The filters of the board, by the value of ``falta``."""

    SECRETARIAT = "secretariado"
    ROADMAP = "hoja-de-ruta"
    PLAN = "plan"
    UPDATE = "avance"
    LATE = "atrasos"
    ANSWER = "observaciones"


FILTER_TESTS: dict[BoardFilter, Callable[[BoardRow], bool]] = {
    BoardFilter.SECRETARIAT: lambda row: not row.has_current_secretariat,
    BoardFilter.ROADMAP: lambda row: not row.has_roadmap,
    BoardFilter.PLAN: lambda row: not row.plan_title,
    BoardFilter.UPDATE: lambda row: row.last_update_on is None,
    BoardFilter.LATE: lambda row: row.late > 0,
    BoardFilter.ANSWER: lambda row: row.open_observations + row.late_observations > 0,
}


def sort_rows(rows: Iterable[BoardRow], order: BoardOrder) -> list[BoardRow]:
    """Sort the rows, the furthest first, then by name."""
    never = datetime.date.min
    keys: dict[BoardOrder, Callable[[BoardRow], int]] = {
        BoardOrder.NAME: lambda row: 0,
        BoardOrder.STEP: lambda row: -(row.reached or 0),
        BoardOrder.SECRETARIAT: lambda row: -(row.valid_until or row.installed_on or never).toordinal(),
        BoardOrder.UPDATE: lambda row: -(row.last_update_on or never).toordinal(),
        BoardOrder.LATE: lambda row: -row.late,
    }
    return sorted(rows, key=lambda row: (keys[order](row), row.slug))


def filter_rows(rows: Iterable[BoardRow], chosen: BoardFilter | None) -> list[BoardRow]:
    """Return the rows that pass the filter; None returns all."""
    return [row for row in rows if chosen is None or FILTER_TESTS[chosen](row)]


@dataclass(frozen=True)
class ComputedFigure:
    """A share of the municipalities on a day, with the rule that gives it."""

    count: int
    total: int
    rule: str | Promise

    @property
    def percent(self) -> str:
        """Return the share as shown, half-up; empty without municipalities."""
        if not self.total:
            return ""
        return percent(half_up(Decimal(self.count) * 100 / self.total, 1))


#: Which rows a measure counts, and its rule in words.
COUNTED: dict[Measure, tuple[Callable[[BoardRow], bool], Promise]] = {
    Measure.SECRETARIAT: (
        lambda row: row.has_current_secretariat,
        gettext_lazy("Municipios con un secretariado público en el registro cuyo periodo no ha terminado."),
    ),
    Measure.DECLARATION: (
        lambda row: bool(row.declaration),
        gettext_lazy("Municipios cuya hoja de ruta pública dice a qué declaración conjunta se adhirieron."),
    ),
    Measure.PLAN: (
        lambda row: bool(row.plan_title),
        gettext_lazy("Municipios con un plan público en su micrositio."),
    ),
}


def compute_figures(rows: Sequence[BoardRow]) -> dict[Measure, ComputedFigure]:
    """Return the share of the municipalities for each measure; rows are all of them."""
    return {
        measure: ComputedFigure(sum(map(counts, rows)), len(rows), rule)
        for measure, (counts, rule) in COUNTED.items()
    }
