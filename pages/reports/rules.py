"""Validation rules of the figures of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from abierto.progress.rollup import Rules
from abierto.text import visible_text
from pages.core.formatting import percent

from .inlines import ReportRow
from .proposal import recompute


def frozen_values(row: ReportRow) -> tuple[Any, ...]:
    """Return the values of a row that do not change once its report is public."""
    return (row.key, row.declared, row.stage, row.note)


def no_figures_error() -> str:
    """Return the error for a report without figures."""
    return _("El informe no tiene cifras. Guarda el borrador para proponerlas.")


def find_unexplained_rows(rows: Iterable[ReportRow], rules: Rules) -> Iterator[tuple[ReportRow, str]]:
    """Recompute ``rows`` in place; yield those whose declared figure differs and has no note."""
    rows = list(rows)
    recompute(rows, rules)
    for row in rows:
        if row.differs and not visible_text(row.note):
            values = {"declared": percent(row.declared), "computed": percent(row.computed)}
            sentence = _("El informe dice %(declared)s y el promedio es %(computed)s. Explica por qué.")
            yield row, sentence % values


def computed_values(row: ReportRow) -> tuple[Any, ...]:
    """Return the values of a row that are computed."""
    return (row.computed, row.effective, row.differs, row.rule)
