"""Rules of indicators and of nested texts. Plain functions; each returns an error or nothing."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .enums import UnitKind

#: The deepest level of a tree of problems, counted from 0.
DEEPEST = 4
_LINE = re.compile(r"(?P<marks>(?:-\s*)*)(?P<text>.*)\Z")

#: A list whose items are texts, each followed by the list below it, as ``unordered_list`` draws it.
type NestedList = list[Any]


def range_error(unit: str, value: Decimal | None) -> str:
    """Return the error of a share of a whole below 0 or above 100."""
    if unit != UnitKind.SHARE or value is None or 0 <= value <= 100:
        return ""
    return _("Un porcentaje de un total va de 0 a 100. Corrige el número o elige otra unidad.")


def target_error(baseline: Decimal | None, target: Decimal | None) -> str:
    """Return the error of a target that equals the baseline."""
    if baseline is None or target is None or baseline != target:
        return ""
    return _("La meta es igual a la línea base: no cambiaría nada. Corrige una de las dos.")


def target_date_error(baseline_on: datetime.date | None, target_on: datetime.date | None) -> str:
    """Return the error of a target on the day of the baseline or before it."""
    if baseline_on is None or target_on is None or target_on > baseline_on:
        return ""
    return _("La fecha de la meta debe ser posterior a la de la línea base. Corrige una de las dos.")


def parse_nested_text(text: str) -> list[tuple[int, str]]:
    """Return the level and the text of each line that is not empty; each leading hyphen is one level."""
    found = []
    for line in text.splitlines():
        match = _LINE.match(line.strip())
        if match is not None and match["text"].strip():
            found.append((match["marks"].count("-"), match["text"].strip()))
    return found


def nested_text_error(text: str) -> str:
    """Return the error of the first line that skips a level or is too deep."""
    before = -1
    for level, words in parse_nested_text(text):
        if level > before + 1:
            return _(
                "«%(line)s» se salta un nivel. Quítale un guion, o escribe antes la línea de arriba."
            ) % {"line": words}
        if level > DEEPEST:
            return _("«%(line)s» tiene demasiados guiones. Usa %(most)d como mucho.") % {
                "line": words,
                "most": DEEPEST,
            }
        before = level
    return ""


def build_nested_list(text: str) -> NestedList:
    """Return a nested text as nested lists; a line that skips a level goes below the line before it."""
    root: NestedList = []
    stack = [root]
    for level, words in parse_nested_text(text):
        depth = min(level, len(stack) - 1 + bool(stack[-1]))
        del stack[depth + 1 :]
        if depth == len(stack):
            stack[-1].append([])
            stack.append(stack[-1][-1])
        stack[-1].append(words)
    return root
