"""Badges of the pace of a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from abierto.progress.enums import Pace

SENTENCES: dict[Pace, Promise] = {
    Pace.DONE: _("Completo, según el informe"),
    Pace.ON: _("En proceso, al ritmo esperado"),
    Pace.LOW: _("En proceso, debajo de lo esperado"),
    Pace.STAGE: _("En etapa, sin porcentaje"),
    Pace.REPORTED: _("En proceso"),
    Pace.NONE: _("No conocemos ningún reporte"),
}
#: After the deadline the last figure is described in the past tense.
PAST_SENTENCES: dict[Pace, Promise] = {
    Pace.DONE: _("Estaba completo, según el informe"),
    Pace.ON: _("Iba al ritmo esperado"),
    Pace.LOW: _("Iba debajo de lo esperado"),
    Pace.STAGE: _("Estaba en etapa, sin porcentaje"),
    Pace.REPORTED: _("Estaba en proceso"),
    Pace.NONE: _("No conocemos ningún reporte"),
}
SHORT: dict[Pace, Promise] = {
    Pace.DONE: _("completo"),
    Pace.ON: _("al ritmo esperado"),
    Pace.LOW: _("debajo de lo esperado"),
    Pace.STAGE: _("en etapa, sin porcentaje"),
    Pace.REPORTED: _("en proceso"),
    Pace.NONE: _("sin dato"),
}
TALLIES: dict[Pace, Promise] = {
    Pace.DONE: _("Completos: %(count)s"),
    Pace.ON: _("Al ritmo esperado: %(count)s"),
    Pace.LOW: _("Debajo de lo esperado: %(count)s"),
    Pace.STAGE: _("En etapa, sin porcentaje: %(count)s"),
    Pace.REPORTED: _("En proceso: %(count)s"),
    Pace.NONE: _("Sin dato: %(count)s"),
}


@dataclass(frozen=True)
class Badge:
    """A state with its label: ``kind`` chooses the shape, ``text`` is shown."""

    kind: str
    text: str


@dataclass(frozen=True)
class PaceTile:
    """One commitment in the strip of paces."""

    code: str
    url: str
    kind: str
    words: str


def build_badge(pace: Pace, *, is_past: bool = False) -> Badge:
    """Return the badge of a pace; ``is_past`` puts it in the past tense."""
    return Badge(pace.value, str((PAST_SENTENCES if is_past else SENTENCES)[pace]))


def count_by_pace(paces: Iterable[Pace]) -> list[Badge]:
    """Return the number of commitments at each pace, without empty paces."""
    counts = Counter(paces)
    return [Badge(pace.value, str(TALLIES[pace]) % {"count": counts[pace]}) for pace in Pace if counts[pace]]


def build_tile(code: str, url: str, pace: Pace) -> PaceTile:
    """Return the tile of a commitment in the strip of paces."""
    kind = Pace.ON if pace is Pace.REPORTED else pace  # the neutral colour
    return PaceTile(code, url, kind.value, str(SHORT[pace]))


def write_late_sentence(paces: Iterable[Pace]) -> str:
    """Return a sentence with the number of commitments that are behind and of those without a percentage.

    Where no commitment can be behind, because nothing is expected, only the second number is given.
    """
    counts = Counter(paces)
    total = sum(counts.values())
    low, unknown = counts[Pace.LOW], counts[Pace.STAGE] + counts[Pace.NONE]
    first = ngettext(
        "%(low)s de %(total)s compromisos va debajo.", "%(low)s de %(total)s compromisos van debajo.", low
    ) % {"low": low, "total": total}
    second = ngettext("%(count)s no tiene porcentaje.", "%(count)s no tienen porcentaje.", unknown)
    sentences = [first] if not counts[Pace.REPORTED] else []
    return " ".join([*sentences, second % {"count": unknown}] if unknown else sentences)
