"""Count the words and syllables of a token as a reader pronounces it: as a word, spelled out, or expanded.

Figures, Roman numerals, codes and addresses are left out of the syllables, as Flesch advises for texts with
many of them; they stay words of their sentence. Abbreviations are read in full; acronyms as a word where
Spanish allows it (INE), else by the names of their letters (CFE).
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .vocabulary import abbreviations, acronym_readings, foreign_words, units

LETTER_NAMES = {
    "b": "be", "c": "ce", "d": "de", "f": "efe", "g": "ge", "h": "hache", "j": "jota", "k": "ca", "l": "ele",
    "m": "eme", "n": "ene", "ñ": "eñe", "p": "pe", "q": "cu", "r": "erre", "s": "ese", "t": "te", "v": "ve",
    "w": "doble ve", "x": "equis", "y": "ye", "z": "zeta",
}  # fmt: skip
ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
#: Letters of the longest acronym; longer words in capitals are read as words.
ACRONYM_LETTERS = 6
#: Onset and coda of a Spanish syllable: an acronym that consists of such syllables is read as a word.
ONSET = r"(?:[bcfgkpt][lr]|dr|ch|ll|qu|gu|[bcdfghjklmnñpqrstvwxyz])?"
CODA = r"(?:r[pst]|n[st]|[bl]s|[bcdfgjklmnprstxz])?"
SAYABLE = re.compile(
    rf"(?:{ONSET}[iu]?[aeiouáéíóú][iuy]?)(?:(?:{CODA}){ONSET}[iu]?[aeiouáéíóú][iuy]?)*{CODA}"
)
ADDRESS = re.compile(r"@|://|\.\w")


class Reading(NamedTuple):
    """What a token adds to the score: words read and their syllables; (0, 0) when it is left out."""

    words: int
    syllables: int


LEFT_OUT = Reading(0, 0)


@lru_cache(maxsize=50_000)
def read_token(token: str) -> Reading:
    """Return the reading of one token of a text, with its final period if it is an abbreviation."""
    if token.isalpha() and not token.isupper():
        return _read_word(token)
    if any(character.isdigit() for character in token):
        return LEFT_OUT
    expansion = abbreviations().get(token.lower())
    if expansion is not None:
        words = expansion.reading.split()
        return Reading(len(words), sum(count_syllables(word) for word in words))
    if ADDRESS.search(token):
        return LEFT_OUT
    if "-" in token or "'" in token or "’" in token:
        parts = re.split(r"[-'’]", token)
        return Reading(1, sum(_read_word(part).syllables for part in parts if part))
    return _read_capitals(token)


def _read_word(token: str) -> Reading:
    syllables = count_syllables(token)
    if syllables:
        return Reading(1, syllables)
    unit = units().get(token)
    return Reading(1, count_syllables(unit) if unit else _spell(token))


def _read_capitals(token: str) -> Reading:
    if ROMAN.fullmatch(token):
        return LEFT_OUT
    known = acronym_readings().get(token)
    if known is not None:
        return Reading(1, known)
    word = normalize_word(token)
    if len(token) > ACRONYM_LETTERS or SAYABLE.fullmatch(word):
        return _read_word(word)
    return Reading(1, _spell(word))


def _spell(token: str) -> int:
    names = (LETTER_NAMES.get(letter, letter) for letter in normalize_word(token))
    return sum(count_syllables(part) for name in names for part in name.split()) or 1


# --- Syllables -----------------------------------------------------------------------------------------


# The orthographic rules of the Ortografía de la lengua española (RAE/ASALE 2010), not the pronunciation of a
# speaker: two different closed vowels, or a closed one without accent next to an open one, are one syllable
# (``guion``, ``construir``, ``reunir``), also with an ``h`` between them (``prohibir``).

#: Accents that do not affect Spanish syllables (à, ê, ç), and soft hyphens.
FOREIGN_MARKS = re.compile("[\u00ad\u0300\u0302\u0304-\u0307\u030a-\u036f]")
SILENT_U = re.compile(r"(?<=q)[uú]|(?<=g)u(?=[eéií])")
VOWEL_Y = re.compile(r"y(?![aeiouáéíóúü])")
#: ``hu`` or ``hi`` before a vowel starts a new syllable: Coa-hui-la, des-hie-lo.
H_OPENS_SYLLABLE = re.compile(r"h(?=[iu][aeoiáéóí])(?!ii)")
H_AFTER_PREFIX = re.compile(
    r"(?<=^anti)h|(?<=^semi)h|(?<=^multi)h|(?<=^mini)h|(?<=^poli)h|(?<=^archi)h"
    r"|(?<=^sobre)h|(?<=^extra)h|(?<=^infra)h|(?<=^contra)h|(?<=^ultra)h|(?<=^auto)h|(?<=^micro)h|(?<=^macro)h"
)
NUCLEUS = re.compile(r"[iuü]?[aeoáéó][iuü]?|[uüú]i|[uü]í|i[uú]|íu|[iuíúü]")


def normalize_word(word: str) -> str:
    """Return ``word`` in lower case and in Unicode's form NFC, without accents foreign to Spanish."""
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
