"""Stored figures as one nested tree, for the command line and for machines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from abierto.progress.rounding import half_up

from .decimals import as_published
from .fields import FigureFields

SHOWN_PLACES = 2


def figure_tree(figures: Iterable[FigureFields]) -> list[dict[str, Any]]:
    """Return ``figures`` as nested dictionaries, in the order given.

    Each has ``level``, ``code``, ``label``, ``declared``, ``computed``, ``effective`` (percent, numbers with
    at most two decimals, rounded half up), ``stage``, ``rule``, ``differs``, ``note`` and ``children``.
    """
    below: dict[UUID | None, list[FigureFields]] = defaultdict(list)
    for figure in figures:
        below[figure.parent_key].append(figure)
    return [_node(figure, below) for figure in below[None]]


def shown(value: Decimal | None) -> int | float | None:
    """Return ``value`` as a JSON number with at most two decimals."""
    if value is None:
        return None
    rounded = as_published(half_up(value, SHOWN_PLACES))
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _node(figure: FigureFields, below: dict[UUID | None, list[FigureFields]]) -> dict[str, Any]:
    return {
        "level": figure.level,
        "code": figure.code,
        "label": figure.label,
        "declared": shown(figure.declared),
        "computed": shown(figure.computed),
        "effective": shown(figure.effective),
        "stage": figure.stage,
        "rule": figure.rule,
        "differs": figure.differs,
        "note": figure.note,
        "children": [_node(child, below) for child in below[figure.key]],
    }
