"""Count syllables by the rules of the Ortografía de la lengua española (RAE/ASALE 2010).

The orthographic rules decide, not the way one speaker says a word: two different closed vowels, or a closed
one without accent beside an open one, are one syllable (``guion``, ``construir``, ``reunir``), with an ``h``
between them too (``prohibir``).
"""

import re
import unicodedata
from functools import lru_cache

from .vocabulary import foreign_words

#: Accents that say nothing about Spanish syllables (à, ê, ç) and soft hyphens.
FOREIGN_MARKS = re.compile("[\u00ad\u0300\u0302\u0304-\u0307\u030a-\u036f]")
SILENT_U = re.compile(r"(?<=q)[uú]|(?<=g)u(?=[eéií])")
VOWEL_Y = re.compile(r"y(?![aeiouáéíóúü])")
#: ``hu``, ``hi`` before a vowel open a syllable of their own: Coa-hui-la, des-hie-lo.
H_OPENS_SYLLABLE = re.compile(r"h(?=[iu][aeoiáéóí])(?!ii)")
H_AFTER_PREFIX = re.compile(
    r"(?<=^anti)h|(?<=^semi)h|(?<=^multi)h|(?<=^mini)h|(?<=^poli)h|(?<=^archi)h"
    r"|(?<=^sobre)h|(?<=^extra)h|(?<=^infra)h|(?<=^contra)h|(?<=^ultra)h|(?<=^auto)h|(?<=^micro)h|(?<=^macro)h"
)
NUCLEUS = re.compile(r"[iuü]?[aeoáéó][iuü]?|[uüú]i|[uü]í|i[uú]|íu|[iuíúü]")


def normalize_word(word: str) -> str:
    """Return ``word`` in lower case and composed, with none but the marks of Spanish."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", FOREIGN_MARKS.sub("", decomposed))


@lru_cache(maxsize=50_000)
def count_syllables(word: str) -> int:
    """Return the syllables of one word written in letters; 0 when it has no vowel."""
    word = normalize_word(word)
    known = foreign_words().get(word)
    if known is not None:
        return known
    word = SILENT_U.sub("", word)
    if "y" in word:
        word = VOWEL_Y.sub("i", word)
    if "h" in word:
        word = H_OPENS_SYLLABLE.sub("-", word)
        word = H_AFTER_PREFIX.sub("-", word).replace("ch", "c-").replace("h", "")
    return len(NUCLEUS.findall(word))
