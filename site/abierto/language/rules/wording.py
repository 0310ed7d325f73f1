"""Rules of words: phrases with a plainer alternative, abbreviations, acronyms, links without meaning."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from ..syllables import ROMAN
from ..texts import Text
from ..vocabulary import abbreviations, known_acronyms
from .base import Match, PhraseRule, Severity, TextRule

ACRONYM_LETTERS = range(2, 10)
LINK_WORDS = frozenset(("aquí", "acá", "enlace", "link", "vínculo", "botón"))
CLICK_HERE = re.compile(
    r"\b(?:(?:haz|hacer|haga|hagan|da|dar|dé|den|dando|haciendo) )?cli(?:c|ck)s? "
    r"(?:aquí|acá|(?:en|sobre) (?:el|este) (?:siguiente )?(?:enlace|link|vínculo|botón))"
    r"|\b(?:consulta|descarga|revisa|conoce|mira|ve|baja)\s+(?:\w+\s+){1,4}aquí\b(?=\s*(?:[:.;,)]|$))"
    r"|\b(?:pulsa|pulse|presiona|presione|oprime|entra|ingresa|consulta(?:r|lo|la)?|descarga(?:r|lo|la)?|ver?|mira"
    r"|inscríbete|regístrate|pincha|lee|más información) (?:aquí|acá)\b(?! (?:en|vivimos))",
    re.IGNORECASE,
)


class EmptyVerb(PhraseRule):
    code = "empty-verb"
    severity = Severity.ADVICE
    source = "manual-mx"
    message = _("Usa un verbo solo: «%(plain)s».")
    phrases = "empty_verbs"


class LegalWord(PhraseRule):
    code = "legal-word"
    severity = Severity.ADVICE
    source = "estilo-justicia"
    message = _("Es una palabra de oficio. En palabras sencillas: «%(plain)s».")
    phrases = "legal_words"


class Latin(PhraseRule):
    code = "latin"
    severity = Severity.WARNING
    source = "estilo-justicia"
    message = _("Está en latín. En español: «%(plain)s».")
    phrases = "latin"


class ClickHere(TextRule):
    code = "click-here"
    severity = Severity.WARNING
    source = "wcag"
    message = _("El enlace no dice a dónde lleva. Escribe como enlace el nombre de lo que se abre.")

    def find(self, text: Text) -> Iterator[Match]:
        sentences = {
            text.sentence_at(text.spans[i][0]) for i, word in enumerate(text.words) if word in LINK_WORDS
        }
        for sentence in sorted(sentences, key=lambda sentence: sentence.start):
            for found in CLICK_HERE.finditer(text.source, sentence.start, sentence.end):
                yield Match(*found.span())


class UnexpandedAbbreviation(TextRule):
    """Acronyms and office abbreviations at first use, unless well known or explained in a parenthesis."""

    code = "abbreviation"
    severity = Severity.ADVICE
    source = "ortografia"
    message = _("No todos conocen «%(short)s». La primera vez escribe el nombre completo.")

    def find(self, text: Text) -> Iterator[Match]:
        seen: set[str] = set()
        for index, token in enumerate(text.tokens):
            if token[-1] == ".":
                known = abbreviations().get(text.words[index])
                if known is None or not known.to_expand or text.words[index] in seen:
                    continue
                seen.add(text.words[index])
                yield Match(*text.spans[index], known.reading, {"short": token})
            elif token.isupper() and token not in seen and _is_acronym(text, index):
                seen.add(token)
                if not _is_explained(text, index):
                    yield Match(*text.spans[index], values={"short": token})


def is_capitals(token: str) -> bool:
    """Check whether a token is a word in capitals: no code, no Roman numeral, no single letter."""
    return token.isalpha() and len(token) > 1 and token.isupper() and not ROMAN.fullmatch(token)


def _is_acronym(text: Text, index: int) -> bool:
    token = text.tokens[index]
    if not token.isalpha() or len(token) not in ACRONYM_LETTERS or token in known_acronyms():
        return False
    if ROMAN.fullmatch(token):
        return False
    neighbours = text.tokens[max(0, index - 1) : index] + text.tokens[index + 1 : index + 2]
    return not any(is_capitals(neighbour) and neighbour not in known_acronyms() for neighbour in neighbours)


def _is_explained(text: Text, index: int) -> bool:
    """Check whether the acronym is in brackets or followed by a bracket."""
    start, end = text.spans[index]
    before, after = text.source[max(0, start - 2) : start].rstrip(), text.source[end : end + 2].lstrip()
    return before[-1:] in ("(", "[") or after[:1] in ("(", "[")
