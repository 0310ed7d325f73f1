"""Rules of length: sentences, paragraphs, parentheses."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from ..texts import Text
from .base import Match, Severity, TextRule

LONG_SENTENCE, VERY_LONG_SENTENCE, LONG_MEAN = 25, 35, 20
PARAGRAPH_SENTENCES, PARAGRAPH_WORDS = 4, 80
PARENTHESIS_WORDS = 12
PARENTHESIS = re.compile(r"\([^()\n]{40,}\)")
WORD = re.compile(r"\w+")


class LongSentence(TextRule):
    code = "long-sentence"
    severity = Severity.ADVICE
    source = "claridad-ue"
    message = _("Esta oración tiene %(words)d palabras. Procura que no pase de 25: pártela en dos.")

    def find(self, text: Text) -> Iterator[Match]:
        for sentence in text.sentences:
            if LONG_SENTENCE < sentence.word_count <= VERY_LONG_SENTENCE:
                yield Match(sentence.start, sentence.end, values={"words": sentence.word_count})


class VeryLongSentence(TextRule):
    code = "very-long-sentence"
    severity = Severity.WARNING
    source = "estilo-justicia"
    message = _("Esta oración tiene %(words)d palabras, más de 35. Pártela: una idea en cada oración.")

    def find(self, text: Text) -> Iterator[Match]:
        for sentence in text.sentences:
            if sentence.word_count > VERY_LONG_SENTENCE:
                yield Match(sentence.start, sentence.end, values={"words": sentence.word_count})


class MeanSentenceLength(TextRule):
    """The mean length of two or more sentences; for a single one the other rules apply."""

    code = "mean-sentence-length"
    severity = Severity.ADVICE
    source = "claridad-ue"
    is_marked = False
    message = _("Las oraciones tienen %(words)d palabras en promedio. Procura que no pasen de 20.")

    def find(self, text: Text) -> Iterator[Match]:
        count = len(text.sentences)
        if count > 1 and len(text.tokens) > LONG_MEAN * count:
            mean = round(len(text.tokens) / count)
            yield Match(text.sentences[0].start, text.sentences[-1].end, values={"words": mean})


class LongParagraph(TextRule):
    code = "long-paragraph"
    severity = Severity.ADVICE
    source = "manual-mx"
    is_marked = False
    message = _(
        "Este párrafo tiene %(sentences)d oraciones y %(words)d palabras. "
        "Procura que no pase de 4 oraciones ni de 80 palabras: haz dos, o una lista."
    )

    def find(self, text: Text) -> Iterator[Match]:
        for paragraph in text.paragraphs:
            sentences, words = len(paragraph.sentences), paragraph.word_count
            if sentences > PARAGRAPH_SENTENCES or words > PARAGRAPH_WORDS:
                yield Match(paragraph.start, paragraph.end, values={"sentences": sentences, "words": words})


class LongParenthesis(TextRule):
    code = "long-parenthesis"
    severity = Severity.ADVICE
    source = "estilo-justicia"
    message = _("El paréntesis tiene %(words)d palabras y corta la lectura. Haz con él otra oración.")

    def find(self, text: Text) -> Iterator[Match]:
        for found in PARENTHESIS.finditer(text.source):
            words = len(WORD.findall(found[0]))
            if words > PARENTHESIS_WORDS:
                yield Match(*found.span(), values={"words": words})
