"""Detect the page kinds and paces that a query names: «compromisos de salud» prefers commitments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from abierto.progress.enums import Pace
from pages.core.search import SearchKind

from .analysis import STOP_WORDS, stem
from .spanish_words import singular

# The words that people use for a kind, in singular; all are indexed with each page of it, so each must be
# true of every page of the kind: not each forum is a training.
KIND_WORDS: dict[SearchKind, tuple[str, ...]] = {
    SearchKind.PLAN: ("plan",),
    SearchKind.AXIS: ("eje", "estrategia"),
    SearchKind.COMMITMENT: ("compromiso", "promesa"),
    SearchKind.LINE: ("linea",),
    SearchKind.UPDATE: ("avance",),
    SearchKind.REPORT: ("informe", "resultado"),
    SearchKind.SESSION: ("sesion",),
    SearchKind.DECLARATION: ("declaracion",),
    SearchKind.RULING: ("sentencia",),
    SearchKind.SECRETARIAT: ("secretariado",),
    SearchKind.MUNICIPALITY: ("municipio",),
    SearchKind.CALL: ("convocatoria",),
    SearchKind.CONSULTATION: ("consulta", "encuesta"),
    SearchKind.FORUM: ("foro",),
    SearchKind.TABLE: ("mesa",),
    SearchKind.ROADMAP: ("ruta",),
    SearchKind.MATRIX: ("matriz",),
    SearchKind.OBSERVATION: ("observacion",),
}
# Queries about progress: alone they prefer the plan and its report, with a topic its updates.
PROGRESS = (
    ("porcentaje", "de", "avance"), ("cuanto", "han", "avanzado"), ("cuanto", "ha", "avanzado"),
    ("cuanto", "llevan"), ("que", "tanto", "han", "hecho"), ("como", "van"),
)  # fmt: skip
# Kinds whose name may also be the topic of a query.
MATTERS = frozenset(
    {
        SearchKind.SESSION,
        SearchKind.DECLARATION,
        SearchKind.SECRETARIAT,
        SearchKind.MUNICIPALITY,
        SearchKind.CALL,
        SearchKind.CONSULTATION,
        SearchKind.FORUM,
        SearchKind.TABLE,
        SearchKind.ROADMAP,
    }
)
OF_EVERYTHING = (SearchKind.PLAN, SearchKind.REPORT)

# A query with one of these words may be about rulings.
OF_RULINGS = frozenset(map(singular, (
    "sentencia", "resolucion", "fallo", "juez", "jueza", "juzgado", "juicio", "tribunal", "magistrado",
    "demanda", "amparo",
)))  # fmt: skip

LATE = "late"  # among the paces of a commitment: its report is late
NO_FIGURE = (Pace.NONE.value, Pace.STAGE.value)
# The usual words for a pace of commitments, in their inflected forms.
PACES: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
    (Pace.DONE.value,): (
        ("cumplio",), ("cumplieron",), ("cumplido",), ("cumplida",), ("completo",), ("terminado",),
    ),
    (Pace.LOW.value, LATE): (("atrasado",), ("atrasada",), ("retrasado",), ("rezagado",)),
    NO_FIGURE: (
        ("sin", "avance"), ("sin", "avanzar"), ("sin", "reporte"), ("no", "avanza"), ("no", "avanzan"),
        ("no", "ha", "avanzado"), ("no", "han", "avanzado"), ("sin", "cumplir"),
    ),
}  # fmt: skip
NOT_DONE = (Pace.LOW.value, LATE, *NO_FIGURE)  # «los que no se cumplieron»
NOT_DONE_WORDS = frozenset({"incumplio", "incumplieron", "incumplido", "incumplida", "incumplimiento"})
# Words for the parties in general, which name no topic.
WHO = frozenset(map(singular, ("dependencia", "institucion", "autoridad", "secretaria", "funcionario")))
NEGATIONS = frozenset({"no", "nunca", "sin"})
BETWEEN = frozenset({"se", "ha", "han", "fue", "fueron", "esta", "estan", "haber"})  # «no se han cumplido»

_PACE_FORMS = {
    paces: tuple(tuple(map(singular, phrase)) for phrase in phrases) for paces, phrases in PACES.items()
}
_DONE = frozenset(form for forms in _PACE_FORMS[(Pace.DONE.value,)] for form in forms)
_PACE_WORDS = NOT_DONE_WORDS.union(
    *({"reportado"}, *(forms for phrases in _PACE_FORMS.values() for forms in phrases))
)
_YEAR = re.compile(r"(?:19|20)\d\d").fullmatch

_KIND_OF = {singular(word): kind for kind, words in KIND_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class KindReading:
    """The preferences of a query: kinds, with the words that only name them, and paces of commitments.

    `pins` puts the kinds first.
    """

    kinds: tuple[SearchKind, ...] = ()
    words: frozenset[str] = frozenset()
    pins: bool = False
    paces: tuple[str, ...] = ()


def kind_mark(kind: SearchKind) -> str:
    """Return the token that each page of a kind has in `plain`; no word is equal to it."""
    return f"={kind.value}"


def kind_tokens(kind: SearchKind | None) -> list[str]:
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
    if paces and not _others(others, _PACE_WORDS | WHO):
        return KindReading(OF_EVERYTHING, about, pins=True, paces=paces)  # their tables list all
    kinds = [*_wished(named, tokens), *([SearchKind.UPDATE] if phrases else [])]
    names = frozenset(word for word, kind in named.items() if kind not in MATTERS)
    return KindReading(tuple(dict.fromkeys(kinds)), about | names, paces=paces)


def is_about_rulings(tokens: Iterable[str]) -> bool:
    """Check whether a query has a word for rulings, courts or judges."""
    return any(singular(token) in OF_RULINGS for token in tokens)


def _others(tokens: Iterable[str], known: Set[str]) -> list[str]:
    """Return the words that are not known; a year only names a plan."""
    content = (token for token in tokens if token not in STOP_WORDS and not _YEAR(token))
    return [token for token in content if known.isdisjoint((token, singular(token)))]


def _wished(named: Mapping[str, SearchKind], tokens: Sequence[str]) -> list[SearchKind]:
    """Return the named kinds, without those that are the topic or the pace of another.

    «Informe del secretariado» prefers reports, and «compromisos sin avance» does not prefer updates.
    """
    first = next(iter(named.values()), None)
    without = {word for word in named if _holds(tokens, ("sin", word))}
    wished = [kind for word, kind in named.items() if word not in without]
    return [kind for kind in wished if kind is first or first in MATTERS or kind not in MATTERS]


def _read_paces(tokens: Sequence[str]) -> tuple[str, ...]:
    forms = [singular(token) for token in tokens]
    if _is_negated(forms) or not NOT_DONE_WORDS.isdisjoint(forms):
        return NOT_DONE
    named = (
        paces for paces, phrases in _PACE_FORMS.items() if any(_holds(forms, phrase) for phrase in phrases)
    )
    return tuple(pace for paces in named for pace in paces)


def _is_negated(forms: Sequence[str]) -> bool:
    """Check for a negation before a word for «done», maybe with an auxiliary verb between them."""
    words = [form for form in forms if form not in BETWEEN]
    return any(first in NEGATIONS and second in _DONE for first, second in pairwise(words))


def _holds(tokens: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(tokens[at : at + len(phrase)]) == phrase for at in range(len(tokens)))
