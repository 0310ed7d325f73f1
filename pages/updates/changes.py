"""What changes between two versions of an update, figure by figure: what a reviewer reads first.

Pure: everything comes in as values, nothing is read from the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from abierto.progress.figures import MISSING, Value
from pages.presentation.words import percent


class Change(NamedTuple):
    """One thing that changes, as a person reads it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Reported:
    """What an update says, as far as it is told figure by figure."""

    values: Mapping[UUID, Value] = field(default_factory=dict)
    declared: Value = MISSING
    notes: Mapping[UUID, str] = field(default_factory=dict)
    evidence: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)


def written(value: Value) -> str:
    """Write a value in words: «30 %», «En diseño», or nothing when it is missing."""
    return value.stage if value.percent is None else percent(value.percent)


def describe(before: Reported, after: Reported, names: Mapping[UUID, str]) -> Iterator[Change]:
    """Yield what ``after`` changes: of each action in the order of ``names``, then of the commitment."""
    for key, name in names.items():
        yield from _step(name, before.values.get(key, MISSING), after.values.get(key, MISSING))
        old, new = before.notes.get(key, ""), after.notes.get(key, "")
        if old != new:
            yield Change(_("%(name)s: nota aclaratoria") % {"name": name}, old, new)
        old, new = "; ".join(before.evidence.get(key, ())), "; ".join(after.evidence.get(key, ()))
        if old != new:
            yield Change(_("%(name)s: pruebas") % {"name": name}, old, new)
    yield from _step(_("Cifra declarada del compromiso"), before.declared, after.declared)


def _step(name: str, before: Value, after: Value) -> Iterator[Change]:
    if before != after:
        nothing = _("sin dato")
        yield Change(name, written(before) or nothing, written(after) or nothing)
