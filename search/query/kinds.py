"""The names of kinds in a query, which prefer that kind of page: «compromisos de la secretaría de salud»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from abierto.progress.enums import Pace
from pages.core.search import Kind

from .analysis import STOP_WORDS, stem
from .spanish_words import singular

# The words that people use for a kind, in singular; all are indexed with each page of it.
KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.PLAN: ("plan",),
    Kind.AXIS: ("eje", "estrategia"),
    Kind.COMMITMENT: ("compromiso", "promesa"),
    Kind.LINE: ("linea",),
    Kind.UPDATE: ("avance",),
    Kind.REPORT: ("informe", "resultado"),
    Kind.SESSION: ("sesion",),
    Kind.DECLARATION: ("declaracion",),
    Kind.RULING: ("sentencia",),
    Kind.SECRETARIAT: ("secretariado",),
    Kind.MUNICIPALITY: ("municipio",),
    Kind.CALL: ("convocatoria",),
    Kind.CONSULTATION: ("consulta", "encuesta"),
    Kind.FORUM: ("foro", "capacitacion"),
    Kind.TABLE: ("mesa",),
}
# Questions about progress: of everything, they want the plan and its report; of a matter, its updates.
PROGRESS = (
    ("porcentaje", "de", "avance"), ("cuanto", "han", "avanzado"), ("cuanto", "ha", "avanzado"),
    ("cuanto", "llevan"), ("que", "tanto", "han", "hecho"), ("como", "van"),
)  # fmt: skip
# Not only the name of a kind of page, but the matter of a question about it.
MATTERS = frozenset(
    {
        Kind.SESSION,
        Kind.DECLARATION,
        Kind.SECRETARIAT,
        Kind.MUNICIPALITY,
        Kind.CALL,
        Kind.CONSULTATION,
        Kind.FORUM,
        Kind.TABLE,
    }
)
OF_EVERYTHING = (Kind.PLAN, Kind.REPORT)

LATE = "late"  # among the paces of a commitment: its report is late
# What people say for a pace of commitments, in the forms that they use.
PACES: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
    (Pace.DONE.value,): (
        ("cumplio",), ("cumplieron",), ("cumplido",), ("cumplida",), ("completo",), ("terminado",),
    ),
    (Pace.LOW.value, LATE): (("atrasado",), ("atrasada",), ("retrasado",), ("rezagado",)),
    (Pace.NONE.value, Pace.STAGE.value): (
        ("sin", "avance"), ("sin", "avanzar"), ("sin", "reporte"), ("no", "avanza"), ("no", "avanzan"),
        ("no", "ha", "avanzado"), ("no", "han", "avanzado"),
    ),
}  # fmt: skip

_PACE_WORDS = frozenset(singular(word) for phrases in PACES.values() for phrase in phrases for word in phrase)
_YEAR = re.compile(r"(?:19|20)\d\d").fullmatch

_KIND_OF = {singular(word): kind for kind, words in KIND_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class KindReading:
    """What a query prefers: kinds, with the words of it that only name them, and paces of commitments.

    `pins` puts the kinds first.
    """

    kinds: tuple[Kind, ...] = ()
    words: frozenset[str] = frozenset()
    pins: bool = False
    paces: tuple[str, ...] = ()


def kind_mark(kind: Kind) -> str:
    """Return the token that each page of a kind has in `plain`; no word is equal to it."""
    return f"={kind.value}"


def kind_tokens(kind: Kind | None) -> list[str]:
    """Return what is indexed in `plain` for a kind: its mark and the stems of its names."""
    return [kind_mark(kind), *(stem(word) for word in KIND_WORDS.get(kind, ()))] if kind else []


def read_kinds(tokens: Sequence[str]) -> KindReading:
    """Read the names of kinds in the folded words of a query."""
    named = {token: _KIND_OF[one] for token in tokens if (one := singular(token)) in _KIND_OF}
    phrases = [phrase for phrase in PROGRESS if _holds(tokens, phrase)]
    about = frozenset(word for phrase in phrases for word in phrase if word not in STOP_WORDS)
    paces = _read_paces(tokens)
    others = _others(tokens, about | named.keys())
    if phrases and not others:
        return KindReading(OF_EVERYTHING, about, pins=True)
    if paces and not _others(others, _PACE_WORDS):
        return KindReading((), about, pins=True, paces=paces)
    kinds = [*named.values(), *([Kind.UPDATE] if phrases else [])]
    names = frozenset(word for word, kind in named.items() if kind not in MATTERS)
    return KindReading(tuple(dict.fromkeys(kinds)), about | names, paces=paces)


def _others(tokens: Iterable[str], known: Set[str]) -> list[str]:
    """Return the words that are not known; a year only names a plan."""
    content = (token for token in tokens if token not in STOP_WORDS and not _YEAR(token))
    return [token for token in content if known.isdisjoint((token, singular(token)))]


def _read_paces(tokens: Sequence[str]) -> tuple[str, ...]:
    forms = [singular(token) for token in tokens]
    named = (
        paces
        for paces, phrases in PACES.items()
        if any(_holds(forms, tuple(map(singular, phrase))) for phrase in phrases)
    )
    return tuple(pace for paces in named for pace in paces)


def _holds(tokens: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(tokens[at : at + len(phrase)]) == phrase for at in range(len(tokens)))
