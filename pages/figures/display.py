"""One part of a plan with its figures, ready to be shown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from abierto.progress.enums import NodeLevel, Pace
from abierto.progress.figures import HUNDRED
from pages.charts.badges import Badge, build_badge
from pages.charts.bars import Bar, build_bar
from pages.core.formatting import percent, whole_percent

from .differences import compare_in_words
from .fields import FigureFields


@dataclass(frozen=True)
class FigureView:
    """A figure with its source, status and comparison.

    ``main`` is the effective figure, ``source`` tells whether it is declared or computed. An empty ``main``
    means that there is a stage (its text is in ``stage``) or no data.
    """

    name: str
    code: str
    label: str
    main: str
    source: str
    declared: str
    computed: str
    left: str
    stage: str
    note: str
    sentence: str
    differs: bool
    expected: str
    expected_on: datetime.date | None
    on: datetime.date | None
    bar: Bar
    badge: Badge
    assumed_start: datetime.date | None = None
    is_over: bool = False
    counts_as: str = ""

    @property
    def left_words(self) -> str:
        """Write how much is missing to 100 %, or was missing at the deadline; empty if nothing is."""
        if not self.left:
            return ""
        return (_("Faltaba %(left)s") if self.is_over else _("Falta %(left)s")) % {"left": self.left}

    @property
    def has_both(self) -> bool:
        """Check whether both the declared and the computed figure exist."""
        return bool(self.declared and self.computed)


def build_figure_view(
    figure: FigureFields,
    *,
    pace: Pace,
    expected: Decimal | None = None,
    expected_on: datetime.date | None = None,
    on: datetime.date | None = None,
    label: str = "",
    assumed_start: datetime.date | None = None,
    is_over: bool = False,
) -> FigureView:
    """Build the view of ``figure``; ``label`` is its name in the reader's language.

    With an ``assumed_start``, what is expected is only a line, whose text says whose assumption it is.
    """
    stage_only = bool(figure.stage) and figure.declared is None
    has_data = pace is not Pace.NONE or figure.declared is not None or bool(figure.computed)
    is_action = figure.level == NodeLevel.ACTION
    computed = figure.computed if has_data and not stage_only and not is_action else None
    counts = figure.declared is not None and getattr(figure, "declared_counts", True)
    main = figure.declared if counts else computed
    name = figure_name(figure)
    bar = build_bar(
        *(name, figure.declared, computed, expected, figure.stage),
        is_assumed=assumed_start is not None,
        names_stage=figure.shown_stage == figure.stage,
    )
    return FigureView(
        name=name,
        code=figure.code,
        label=label or figure.label,
        main=percent(main),
        source=describe_source(figure, counts=counts),
        declared=percent(figure.declared),
        computed=percent(computed),
        left=percent(HUNDRED - main) if main is not None and main < HUNDRED else "",
        stage=figure.shown_stage if stage_only else "",
        note=figure.shown_note,
        sentence=compare_in_words(figure),
        differs=figure.differs,
        expected=whole_percent(expected),
        expected_on=expected_on,
        on=on,
        bar=bar,
        badge=build_badge(pace, is_past=is_over),
        assumed_start=assumed_start,
        is_over=is_over,
        counts_as=describe_stage(figure) if stage_only and not is_action else "",
    )


def describe_source(figure: FigureFields, *, counts: bool) -> str:
    """Write whether the shown figure is declared or the mean of the figures below it."""
    if counts:
        return _("según el informe")
    if figure.level == NodeLevel.COMMITMENT:
        return _("según el promedio de las acciones")
    return _("según el promedio")


def describe_stage(figure: FigureFields) -> str:
    """Write how a stage counts in the mean of the parent."""
    if figure.effective is None:
        return _("No entra en el promedio de arriba.")
    return _("Cuenta como %(figure)s en el promedio de arriba.") % {"figure": percent(figure.effective)}


def figure_name(figure: FigureFields) -> str:
    """Return the label of the part of the plan that ``figure`` measures: «Compromiso 1.5»."""
    names = {
        NodeLevel.PLAN: _("Plan completo"),
        NodeLevel.AXIS: _("Eje %(code)s"),
        NodeLevel.COMMITMENT: _("Compromiso %(code)s"),
        NodeLevel.ACTION: _("Acción %(code)s"),
    }
    return names[NodeLevel.parse(figure.level, NodeLevel.ACTION)] % {"code": figure.code}
