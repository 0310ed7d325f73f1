"""The names of kinds in a query, which prefer that kind of page: «compromisos de la secretaría de salud»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
}
# Questions about progress: of everything, they want the plan and its report; of a matter, its updates.
PROGRESS = (
    ("porcentaje", "de", "avance"), ("cuanto", "han", "avanzado"), ("cuanto", "ha", "avanzado"),
    ("cuanto", "llevan"), ("que", "tanto", "han", "hecho"), ("como", "van"),
)  # fmt: skip
# Not only the name of a kind of page, but the matter of a question about it.
MATTERS = frozenset({Kind.SESSION, Kind.DECLARATION})
OF_EVERYTHING = (Kind.PLAN, Kind.REPORT)

_KIND_OF = {singular(word): kind for kind, words in KIND_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class KindReading:
    """The kinds that a query prefers, and the words of it that only name them; `pins` puts them first."""

    kinds: tuple[Kind, ...] = ()
    words: frozenset[str] = frozenset()
    pins: bool = False


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
    others = [token for token in tokens if token not in STOP_WORDS and token not in about | named.keys()]
    if phrases and not others:
        return KindReading(OF_EVERYTHING, about, pins=True)
    kinds = [*named.values(), *([Kind.UPDATE] if phrases else [])]
    names = frozenset(word for word, kind in named.items() if kind not in MATTERS)
    return KindReading(tuple(dict.fromkeys(kinds)), about | names)


def _holds(tokens: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(tokens[at : at + len(phrase)]) == phrase for at in range(len(tokens)))
