"""How a text becomes searchable words. Pure: the same function serves the index and the query.

Both engines receive the tokens made here, joined by spaces, so that they can't disagree on a word.
`CHAIN_VERSION` changes whenever the tokens could; an index built with another version is rebuilt.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from search.query.stopwords import STOP_WORDS, strip_marks

GRAM = 4
RULES = 1  # raise when a rule below changes in a way that the patterns do not show

_NUMBER_SIGN = re.compile(r"\bn\.?[°º]\s*")
_ORDINAL = re.compile(r"(?<![^\W\d_])(\d+)\s?(?:[°ºª]|(?:o|a|er|era|ero|ra|ro|do|da|to|ta|vo|va|mo|ma)\b\.?)")
_WORD = re.compile(r"[^\W_]+")
_REFERENCE = re.compile(r"[^\W_]*\d[^\W_]*(?:[./\-][^\W_]+)+|[^\W_]+(?:[./\-][^\W_]+)*[./\-]\d[^\W_]*")
_NAMED_NUMBER = re.compile(
    r"(?<!\w)(compromiso|eje|articulo|art|expediente|sesion|informe|meta|ods|objetivo)\.?\s+(\d+)(?![\w./-])"
)
_SEPARATORS = re.compile(r"[./\-\s]+")
_LONE_NUMBER = re.compile(r"\d{1,6}")


def _chain_version() -> str:
    parts = [str(RULES), str(GRAM), Stemmer.__name__, str(Stemmer.version()), unicodedata.unidata_version]
    parts += [_NUMBER_SIGN.pattern, _ORDINAL.pattern, _WORD.pattern, *sorted(STOP_WORDS)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


CHAIN_VERSION = _chain_version()


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text as written, where it stands, and the stem it is found by (empty for a stop word)."""

    start: int
    end: int
    folded: str
    stem: str


def clean(text: str) -> str:
    """NFC text without NUL, lone surrogates and other characters that no page can hold."""
    safe = text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
    return unicodedata.normalize("NFC", safe.replace("\x00", " "))


def exact_tokens(text: str) -> list[str]:
    """Every word, folded, stop words kept: what quotes and prefixes are matched on."""
    plain = _ORDINAL.sub(r"\1 ", _NUMBER_SIGN.sub(" ", clean(text).lower()))
    return [folded for word in _WORD.findall(plain) if (folded := _fold(word))]


def analyse(text: str) -> list[str]:
    """The stems of a text, in order, without stop words."""
    return stems(exact_tokens(text))


def stems(tokens: Iterable[str]) -> list[str]:
    """The stems of folded words, in order, without stop words."""
    return [stem(token) for token in tokens if token not in STOP_WORDS]


def grams(tokens: Iterable[str]) -> list[str]:
    """Four-letter pieces of every long word, which bring together forms that the stems keep apart."""
    return [piece for token in tokens for piece in word_grams(token)]


@lru_cache(maxsize=50_000)
def word_grams(token: str) -> tuple[str, ...]:
    """The pieces of one folded word: «casa» gives «_cas», «casa», «asa_»."""
    if len(token) < GRAM or token in STOP_WORDS:
        return ()
    padded = f"_{token}_"
    return tuple(padded[at : at + GRAM] for at in range(len(padded) - GRAM + 1))


# A stemmer keeps state and is not safe to share between threads, so each miss of the cache makes its own.
@lru_cache(maxsize=100_000)
def stem(token: str) -> str:
    """The stem of one folded word."""
    return str(Stemmer.Stemmer("spanish", 0).stemWord(token)) if not token.isdigit() else token


def words(text: str, wanted: Callable[[str, str], bool] | None = None) -> Iterator[Word]:
    """The words of an NFC text with their places, for highlighting; those whose form and stem are wanted."""
    for match in _WORD.finditer(text):
        folded, stemmed = _folded_and_stem(match.group())
        if wanted is None or wanted(folded, stemmed):
            yield Word(match.start(), match.end(), folded, stemmed)


def word_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the words of a part of a text begin and end; those cut by its edges are left out."""
    for match in _WORD.finditer(text, max(0, start - 1), end + 1):
        if start <= match.start() and match.end() <= end:
            yield match.span()


@lru_cache(maxsize=50_000)
def _folded_and_stem(word: str) -> tuple[str, str]:
    folded = " ".join(exact_tokens(word))
    return folded, "" if folded in STOP_WORDS else stem(folded)


def reference_key(code: str) -> str:
    """One spelling for a code, case number or article: «39-A», «39 a» and «39.A» are «39.a»."""
    return _SEPARATORS.sub(".", strip_marks(clean(code).lower())).strip(".")


def references(text: str) -> list[str]:
    """The keys in a query that may name a thing exactly: «3.1», «TJA-12/2023», «eje 3», or a lone number."""
    plain = strip_marks(clean(text).lower()).strip()
    keys = [reference_key(found) for found in _REFERENCE.findall(plain)]
    for name, number in _NAMED_NUMBER.findall(plain):
        named = "ods" if name == "objetivo" else name
        keys += [f"{named}.{number}"] + ([number] if name == "compromiso" else [])
    if _LONE_NUMBER.fullmatch(plain):
        keys.append(plain)
    return list(dict.fromkeys(key for key in keys if key))


def reference_phrases(text: str) -> list[list[str]]:
    """The words of each code in a question, to be found next to one another: «3.1» is «3 1»."""
    plain = strip_marks(clean(text).lower())
    return [tokens for found in _REFERENCE.findall(plain) if len(tokens := exact_tokens(found)) > 1]


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    folded = strip_marks(word)
    return folded if folded.isalnum() else "".join(_WORD.findall(folded))
