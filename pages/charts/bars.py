"""The bar of a figure: declared (thick), computed (thin) and expected (a line)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from abierto.progress.rounding import plain
from pages.core.formatting import percent, whole_percent


@dataclass(frozen=True)
class Bar:
    """Bar widths from 0 to 100 for an HTML attribute, and the same figures as text.

    ``None`` draws no bar: there is no figure. «0» draws a bar of no width: the figure is zero.
    """

    words: str
    declared: str | None = None
    computed: str | None = None
    expected: str | None = None
    is_stage: bool = False


def build_bar(
    name: str,
    declared: Decimal | None,
    computed: Decimal | None,
    expected: Decimal | None,
    stage: str = "",
    *,
    is_assumed: bool = False,
    names_stage: bool = True,
) -> Bar:
    """Return the bar of the part of a plan called ``name``; ``is_assumed``: the start of the plan is assumed.

    Without ``names_stage`` its words leave out the stage, which is in another language than the page.
    """
    is_stage = bool(stage) and declared is None
    return Bar(
        words=f"{name}: {', '.join(_parts(declared, computed, expected, stage, is_assumed, names_stage))}",
        declared=_width(declared),
        computed=None if is_stage else _width(computed),
        expected=_width(expected),
        is_stage=is_stage,
    )


def _width(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _parts(
    declared: Decimal | None,
    computed: Decimal | None,
    expected: Decimal | None,
    stage: str,
    is_assumed: bool,
    names_stage: bool,
) -> list[str]:
    parts: list[str] = []
    if declared is not None:
        parts.append(_("según el informe %(figure)s") % {"figure": percent(declared)})
    elif stage and names_stage:
        parts.append(_("en etapa, sin porcentaje: %(stage)s") % {"stage": stage})
    elif stage:
        parts.append(_("en etapa, sin porcentaje"))
    if computed is not None and not (stage and declared is None):
        parts.append(_("según el promedio %(figure)s") % {"figure": percent(computed)})
    if not parts:
        parts.append(_("sin dato"))
    if expected is not None:
        line = (
            _("línea en %(figure)s, desde un inicio supuesto") if is_assumed else _("se esperaba %(figure)s")
        )
        parts.append(line % {"figure": whole_percent(expected)})
    return parts
