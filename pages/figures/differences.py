"""Explain why a declared figure differs from the computed one: the sum and the note of the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from abierto.progress.enums import NodeLevel, RollUp
from abierto.progress.rounding import plain
from pages.core.formatting import percent

from .fields import FigureFields


@dataclass(frozen=True)
class Explanation:
    """The calculation of a computed figure, and a sentence that compares it with the declared one."""

    sum: str
    result: str
    sentence: str
    differs: bool


def explain_difference(figure: FigureFields, figures: Iterable[FigureFields]) -> Explanation:
    """Explain ``figure``; ``figures`` contains all figures below it, in display order."""
    summed = write_sum(figure, list_counted_figures(figure, list(figures)))
    return Explanation(
        sum=summed,
        result=percent(figure.computed),
        sentence=compare_in_words(figure),
        differs=figure.differs,
    )


def list_counted_figures(figure: FigureFields, figures: Sequence[FigureFields]) -> list[FigureFields]:
    """Return the figures whose mean is the computed figure of ``figure``."""
    rule = RollUp.parse(figure.rule, RollUp.CHILDREN)
    if rule in (RollUp.CHILDREN, RollUp.WEIGHTED):
        found = [child for child in figures if child.parent_key == figure.key]
    else:
        level = NodeLevel.COMMITMENT if rule is RollUp.COMMITMENTS else NodeLevel.ACTION
        found = [child for child in _descendants(figure, figures) if child.level == level]
    return [child for child in found if child.effective is not None]


def write_sum(figure: FigureFields, counted: Sequence[FigureFields]) -> str:
    """Write the sum out: «(51 + 35 + 65) ÷ 3», with the weights where they count."""
    if len(counted) < 2 or figure.computed is None or _is_stage(figure):
        return ""
    if RollUp.parse(figure.rule, RollUp.CHILDREN) is RollUp.WEIGHTED:
        terms = [f"{_term(term_figure.effective)} × {plain(term_figure.weight)}" for term_figure in counted]
        divisor = plain(sum((term_figure.weight for term_figure in counted), Decimal(0)))
    else:
        terms = [_term(term_figure.effective) for term_figure in counted]
        divisor = str(len(counted))
    return f"({' + '.join(terms)}) ÷ {divisor}"


def compare_in_words(figure: FigureFields) -> str:
    """Compare the two figures in a neutral sentence."""
    declared, computed = figure.declared, figure.computed
    if _is_stage(figure):
        return _("El informe da una etapa y ningún porcentaje.")
    if declared is None and computed is None:
        return _("No conocemos ninguna cifra.")
    if declared is None:
        return _("El informe no da una cifra. Mostramos el promedio.")
    if computed is None:
        return _("No hay con qué hacer el promedio. Mostramos la cifra del informe.")
    if figure.differs:
        return figure.shown_note or _("El informe no explica la diferencia.")
    if declared == computed:
        return _("El promedio es el mismo.")
    return _("El promedio es %(computed)s, que redondea a %(declared)s.") % {
        "computed": percent(computed),
        "declared": plain(declared),
    }


def _is_stage(figure: FigureFields) -> bool:
    return figure.declared is None and bool(figure.stage)


def _term(value: Decimal | None) -> str:
    return plain(value) if value is not None else "0"


def _descendants(figure: FigureFields, figures: Sequence[FigureFields]) -> list[FigureFields]:
    children = [child for child in figures if child.parent_key == figure.key]
    return [found for child in children for found in (child, *_descendants(child, figures))]
