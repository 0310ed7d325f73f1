"""Text analysis: from text to searchable tokens. Pure, the same for documents and queries.

Both engines receive these tokens joined by spaces, so they cannot tokenize differently. `CHAIN_VERSION`
changes whenever the tokens may; an index built with another version is rebuilt.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from abierto.text import HIDDEN_CHARACTERS, remove_hidden

from .spanish_words import NOT_PLURAL, SINGULARS, UNSTEMMED, singular

GRAM = 4
RULES = 2  # increase when a rule below changes but the patterns do not

_NUMBER_SIGN = re.compile(r"\bn\.?[°º]\s*")
_ORDINAL = re.compile(r"(?<![^\W\d_])(\d+)\s?(?:[°ºª]|(?:o|a|er|era|ero|ra|ro|do|da|to|ta|vo|va|mo|ma)\b\.?)")
ACRONYM = r"(?<![\w.])[^\W\d_](?:\.[^\W\d_])+\.?(?!\w|\.\w)"  # «I.A.C.I.P.» is the word «iacip»
_WORD = re.compile(rf"{ACRONYM}|[^\W_]+")
_LETTERS = re.compile(r"[^\W_]+")
_DOT_INSIDE = re.compile(r"[^\W\d_]\.[^\W\d_]")


# Lucene's list of Spanish stop words (Snowball's, BSD).
LUCENE_SPANISH = """
de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí
porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno
les ni contra otros ese eso ante ellos e esto mí antes algunos qué unos yo otro otras otra él tanto esa
estos mucho quienes nada muchos cual poco ella estar estas algunas algo nosotros mi mis tú te ti tu tus
ellas nosotras vosotros vosotras os mío mía míos mías tuyo tuya tuyos tuyas suyo suya suyos suyas nuestro
nuestra nuestros nuestras vuestro vuestra vuestros vuestras esos esas
estoy estás está estamos estáis están esté estés estemos estéis estén estaré estarás estará estaremos
estaréis estarán estaría estarías estaríamos estaríais estarían estaba estabas estábamos estabais estaban
estuve estuviste estuvo estuvimos estuvisteis estuvieron estuviera estuvieras estuviéramos estuvierais
estuvieran estuviese estuvieses estuviésemos estuvieseis estuviesen estando estado estada estados estadas
estad
he has ha hemos habéis han haya hayas hayamos hayáis hayan habré habrás habrá habremos habréis habrán
habría habrías habríamos habríais habrían había habías habíamos habíais habían hube hubiste hubo hubimos
hubisteis hubieron hubiera hubieras hubiéramos hubierais hubieran hubiese hubieses hubiésemos hubieseis
hubiesen habiendo habido habida habidos habidas
soy eres es somos sois son sea seas seamos seáis sean seré serás será seremos seréis serán sería serías
seríamos seríais serían era eras éramos erais eran fui fuiste fue fuimos fuisteis fueron fuera fueras
fuéramos fuerais fueran fuese fueses fuésemos fueseis fuesen siendo sido
tengo tienes tiene tenemos tenéis tienen tenga tengas tengamos tengáis tengan tendré tendrás tendrá
tendremos tendréis tendrán tendría tendrías tendríamos tendríais tendrían tenía tenías teníamos teníais
tenían tuve tuviste tuvo tuvimos tuvisteis tuvieron tuviera tuvieras tuviéramos tuvierais tuvieran tuviese
tuvieses tuviésemos tuvieseis tuviesen teniendo tenido tenida tenidos tenidas tened
"""

# They change the meaning of a legal sentence, so they stay searchable.
MEANINGFUL = frozenset({"estado", "estados", "estada", "estadas", "nada", "no", "sin", "contra"})


def strip_marks(text: str) -> str:
    """Remove accents, tildes and other combining marks: «niño» and «nino» become equal."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


STOP_WORDS = frozenset(strip_marks(word) for word in LUCENE_SPANISH.split()) - MEANINGFUL


def _chain_version() -> str:
    parts = [str(RULES), str(GRAM), Stemmer.__name__, str(Stemmer.version()), unicodedata.unidata_version]
    parts += [
        _NUMBER_SIGN.pattern,
        _ORDINAL.pattern,
        _WORD.pattern,
        HIDDEN_CHARACTERS.pattern,
        *sorted(STOP_WORDS),
    ]
    parts += [*sorted(NOT_PLURAL), *map(str, sorted(SINGULARS.items())), *sorted(UNSTEMMED)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


CHAIN_VERSION = _chain_version()


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text with its position and its stem (empty for a stop word)."""

    start: int
    end: int
    folded: str
    stem: str


def clean(text: str) -> str:
    """Normalize to NFC, without NUL, lone surrogates, hidden and other unprintable characters."""
    safe = text
    if not text.isascii():
        safe = remove_hidden(text.encode("utf-8", "replace").decode("utf-8"))
    return unicodedata.normalize("NFC", safe.replace("\x00", " "))


def exact_tokens(text: str) -> list[str]:
    """Return every word, folded, including stop words: for phrases and prefixes."""
    plain = _ORDINAL.sub(r"\1 ", _NUMBER_SIGN.sub(" ", clean(text).lower()))
    return [folded for word in _WORD.findall(plain) if (folded := _fold(word))]


def analyse(text: str) -> list[str]:
    """Return the stems of a text, in order, without stop words."""
    return stems(exact_tokens(text))


def stems(tokens: Iterable[str]) -> list[str]:
    """Return the stems of folded words, in order, without stop words."""
    return [stem(token) for token in tokens if token not in STOP_WORDS]


def grams(tokens: Iterable[str]) -> list[str]:
    """Return the 4-grams of every long word; they match forms that stemming separates."""
    return [piece for token in tokens for piece in word_grams(token)]


@lru_cache(maxsize=50_000)
def word_grams(token: str) -> tuple[str, ...]:
    """Return the 4-grams of one folded word: «casa» gives «_cas», «casa», «asa_»."""
    if len(token) < GRAM or token in STOP_WORDS:
        return ()
    padded = f"_{token}_"
    return tuple(padded[at : at + GRAM] for at in range(len(padded) - GRAM + 1))


# A stemmer has state and is not thread-safe, so each cache miss creates its own.
@lru_cache(maxsize=100_000)
def stem(token: str) -> str:
    """Return the stem of one folded word: of its singular, unless that is never stemmed.

    «Francés» keeps its form, which is the stem of «francesa».
    """
    if token.isdigit():
        return token
    one = singular(token)
    return one if one in UNSTEMMED or one in NOT_PLURAL else str(Stemmer.Stemmer("spanish", 0).stemWord(one))


def words(text: str, choose: Callable[[Set[str]], Collection[str]] | None = None) -> Iterator[Word]:
    """Yield the words of an NFC text with their positions; only those that `choose` takes of its forms.

    Each form is judged once, and only the chosen ones are looked for: most texts have few.
    """
    is_dotted = _DOT_INSIDE.search(text) is not None
    pattern = _WORD if is_dotted else _LETTERS  # looking for acronyms takes most of the time
    if choose is None:
        spans: Iterable[tuple[int, int]] = (match.span() for match in pattern.finditer(text))
    else:
        chosen = choose(set(pattern.findall(text)))
        if is_dotted:
            spans = (match.span() for match in pattern.finditer(text) if match.group() in chosen)
        else:
            spans = sorted(span for form in chosen for span in _places(text, form))
    for start, end in spans:
        yield Word(start, end, *folded_and_stem(text[start:end]))


def _places(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Yield the spans at which a run of letters and digits is a whole word."""
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield start, end
        start = text.find(form, end)


def word_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of the words between two positions, without words cut by either."""
    for match in _WORD.finditer(text, max(0, start - 1), end + 1):
        if start <= match.start() and match.end() <= end:
            yield match.span()


@lru_cache(maxsize=50_000)
def folded_and_stem(word: str) -> tuple[str, str]:
    """Return the folded form of a written word, and its stem."""
    folded = " ".join(exact_tokens(word))
    return folded, "" if folded in STOP_WORDS else stem(folded)


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    folded = strip_marks(word)
    return folded if folded.isalnum() else "".join(_LETTERS.findall(folded))
