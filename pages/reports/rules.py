"""What the figures of a report may not be."""

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
    """Return what does not change of a row once its report is public."""
    return (row.key, row.declared, row.stage, row.note)


def no_figures_error() -> str:
    """Return what to ask for where a report has no figures."""
    return _("El informe no tiene cifras. Guarda el borrador para proponerlas.")


def unexplained_rows(rows: Iterable[ReportRow], rules: Rules) -> Iterator[tuple[ReportRow, str]]:
    """Work ``rows`` out again in place; yield those that declare something else and do not say why."""
    rows = list(rows)
    recompute(rows, rules)
    for row in rows:
        if row.differs and not visible_text(row.note):
            said = {"declared": percent(row.declared), "computed": percent(row.computed)}
            sentence = _("El informe dice %(declared)s y la cuenta da %(computed)s. Explica por qué.")
            yield row, sentence % said


def computed_values(row: ReportRow) -> tuple[Any, ...]:
    """Return what the account gives for a row."""
    return (row.computed, row.effective, row.differs, row.rule)
