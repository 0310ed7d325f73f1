"""A waffle chart: one hundred tiles from the bottom left, each of them 1 % of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from abierto.progress.rounding import half_up

SIDE = 10
CELL = 40
GAP = 2
_INNER = CELL - 2 * GAP


@dataclass(frozen=True)
class Waffle:
    """Four paths, so that a hundred tiles cost four elements."""

    full: str
    gloss: str
    extra: str
    bare: str
    expected: str
    full_count: int
    left_count: int


@lru_cache(maxsize=64)
def build_waffle(declared: Decimal | None, computed: Decimal | None, expected: Decimal | None) -> Waffle:
    """Build the chart: full up to the declared figure, outlined up to the computed one when that is higher.

    Without a declared figure the computed one fills the tiles.
    """
    summed = Decimal(0) if computed is None else computed
    filled = summed if declared is None else declared
    full, gloss, extra, bare = [], [], [], []
    for number in range(SIDE * SIDE):
        x, y = _corner(number)
        if number + 1 <= filled:
            full.append(_tile(x, y, _INNER))
            gloss.append(f"M{x + CELL // 2} {y + 7}l13 13-13 13-13-13z")
            continue
        bare.append(_tile(x, y, _INNER))
        if number < filled:
            full.append(_tile(x, y, _part(filled - number)))
        if summed > filled and number < summed:
            extra.append(_tile(x + 1, y + 1, max(_part(summed - number) - 2, 1), _INNER - 2))
    count = int(filled.to_integral_value(ROUND_FLOOR))
    return Waffle(
        "".join(full), "".join(gloss), "".join(extra), "".join(bare), _line(expected), count, 100 - count
    )


def _corner(number: int) -> tuple[int, int]:
    row, column = divmod(number, SIDE)
    return column * CELL, (SIDE - 1 - row) * CELL


def _tile(x: int, y: int, width: int, height: int = _INNER) -> str:
    return f"M{x + GAP} {y + GAP}h{width}v{height}h-{width}z"


def _part(share: Decimal) -> int:
    return int(min(share, Decimal(1)) * _INNER)


def _line(expected: Decimal | None) -> str:
    """Draw the border between the tiles expected to be full and the others."""
    if expected is None:
        return ""
    rows, rest = divmod(int(half_up(expected)), SIDE)
    top = (SIDE - rows) * CELL
    if not rest:
        return f"M0 {top}H{SIDE * CELL}"
    return f"M0 {top - CELL}H{rest * CELL}V{top}H{SIDE * CELL}"
