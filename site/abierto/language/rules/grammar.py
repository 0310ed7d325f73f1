"""Rules of grammar: passive, gerund of posterity, double negation, nominalisation."""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext_noop as _

from ..texts import Text
from ..vocabulary import grammar_words, load
from .base import Match, Severity, TextRule

PARTICIPLE = re.compile(r"\w{2,}[aií]d[oa]s?")
GENDER = re.compile(r"[oa]s?$")
COPULA = frozenset(
    ("es", "son", "era", "eran", "fue", "fueron", "resulta", "resultan", "resultó", "sea", "será", "parece")
)
ARTICLES = ("la", "el", "una", "un")
NOMINAL_ENDINGS = ("ción", "sión", "miento")
NOMINAL = re.compile(r"\w{4,}(?:ción|sión|miento)")
BEFORE_NOMINAL = {"para": 1, "mediante": 1, "a través de": 3, "por medio de": 3}


class Passive(TextRule):
    """The passive with «ser»; «se aprobó» is plain Spanish."""

    code = "passive"
    severity = Severity.ADVICE
    source = "manual-mx"
    message = _("Está en pasiva. Di quién lo hace: «el ayuntamiento aprobó», no «fue aprobado por».")

    def find(self, text: Text) -> Iterator[Match]:
        ser, between = grammar_words("passive", "ser"), grammar_words("passive", "between")
        for index, word in enumerate(text.words):
            if word not in ser or index + 1 >= len(text.words):
                continue
            last = index + 1
            if text.words[last] in between and last + 1 < len(text.words):
                last += 1
            if is_participle(text.words[last]) and all(text.are_adjacent(i) for i in range(index, last)):
                start = index - 1 if word == "sido" and text.words[index - 1 : index] else index
                if not text.are_adjacent(start):
                    start = index
                yield Match(text.spans[start][0], text.spans[last][1])


@cache
def _stems(section: str, key: str) -> frozenset[str]:
    return frozenset(GENDER.sub("", word) for word in grammar_words(section, key))


def is_participle(word: str) -> bool:
    """Check whether a word is a participle of an action, in any gender and number."""
    stem = GENDER.sub("", word)
    if stem in _stems("passive", "not_participles"):
        return False
    return bool(PARTICIPLE.fullmatch(word)) or (stem != word and stem in _stems("passive", "irregular"))


class GerundOfPosterity(TextRule):
    """A gerund after a comma for an action that follows the main one."""

    code = "gerund-of-posterity"
    severity = Severity.WARNING
    source = "gramatica"
    message = _("El gerundio cuenta algo que pasó después. Usa «y» con un verbo: «y dejó», no «, dejando».")

    def find(self, text: Text) -> Iterator[Match]:
        results = grammar_words("gerunds", "results")
        for index, word in enumerate(text.words):
            if index < 2 or word not in results:
                continue
            start, end = text.spans[index]
            if text.source[text.spans[index - 1][1] : start].strip() in (",", ", y") and (
                text.sentence_at(start).first < index - 1
            ):
                yield Match(start, end)


class DoubleNegation(TextRule):
    """Two negations that cancel each other; «no hay nadie» is plain Spanish."""

    code = "double-negation"
    severity = Severity.ADVICE
    source = "manual-mx"
    message = _("Dos negaciones obligan a leer dos veces. Dilo en afirmativo.")

    def find(self, text: Text) -> Iterator[Match]:
        words = text.words
        for index, word in enumerate(words):
            if word in ("no", "nunca", "tampoco"):
                length = self._length(words[index + 1 : index + 4])
                if length and index + length < len(words):
                    yield Match(text.spans[index][0], text.spans[index + length][1])

    @staticmethod
    def _length(following: list[str]) -> int:
        """Return the number of words of the second negation; 0 if there is none."""
        first, second = (*following, "", "")[:2]
        if first in COPULA and GENDER.sub("", second) in _stems("negation", "adjectives"):
            return 2
        if first in grammar_words("negation", "verbs"):
            return 1
        if (first in ("deja", "dejan", "dejó", "dejará", "dejan") and second == "de") or (first, second) == (
            "sin",
            "antes",
        ):
            return 2
        return 0


class Nominalisation(TextRule):
    """A noun of action where a verb is shorter: «para la elaboración de», «realización de la evaluación»."""

    code = "nominalisation"
    severity = Severity.ADVICE
    source = "manual-mx"
    message = _("Usa el verbo en lugar del sustantivo%(verb)s.")

    def find(self, text: Text) -> Iterator[Match]:
        verbs = load("grammar")["nominals"]
        chained = -1
        for index, word in enumerate(text.words):
            if index <= chained or not (word.endswith(NOMINAL_ENDINGS) or word in verbs):
                continue
            if (start := self._introduction(text.words, index)) is not None and word in verbs:
                first, last, values = start, index + 1, {"verb": f": «{verbs[word]}»"}
            else:
                first, last, values = index, self._chain(text.words, index), {"verb": ""}
            if last and all(text.are_adjacent(between) for between in range(first, last)):
                yield Match(text.spans[first][0], text.spans[last][1], verbs.get(word, ""), values)
                chained = last

    @staticmethod
    def _introduction(words: list[str], index: int) -> int | None:
        """Return the index of the first word of «para la», «mediante el», «a través de la» before a noun."""
        if (
            index < 2
            or words[index - 1] not in ARTICLES
            or words[index + 1 : index + 2] not in (["de"], ["del"])
        ):
            return None
        for phrase, length in BEFORE_NOMINAL.items():
            start = index - 1 - length
            if start >= 0 and " ".join(words[start : index - 1]) == phrase:
                return start
        return None

    @staticmethod
    def _chain(words: list[str], index: int) -> int:
        """Return the index of a second noun of action that depends on this one; 0 for none."""
        if not _is_act(words[index]):
            return 0
        position = index + 1
        if words[position : position + 1] not in (["de"], ["del"], ["para"]):
            return 0
        position += 1 + (words[position + 1 : position + 2] in [[article] for article in ARTICLES])
        return position if words[position : position + 1] and _is_act(words[position]) else 0


def _is_act(word: str) -> bool:
    return word not in grammar_words("nouns", "things") and bool(NOMINAL.fullmatch(word))
