"""The INFLESZ score of a text (Barrio-Cantalejo et al. 2008).

``206.835 − 62.3 × syllables / words − words / sentences``: Szigriszt's formula with other bands. It measures
only the length of words and sentences: whether a text is easy to read in the sense of UNE 153101 can only be
validated by readers.
"""

from dataclasses import dataclass
from enum import Enum

from .syllables import read_token
from .texts import Text, parse


class Band(Enum):
    """The bands of the scale, from the score where each begins."""

    VERY_HARD = "muy difícil"
    SOMEWHAT_HARD = "algo difícil"
    NORMAL = "normal"
    FAIRLY_EASY = "bastante fácil"
    VERY_EASY = "muy fácil"


BAND_STARTS = (
    (80, Band.VERY_EASY),
    (65, Band.FAIRLY_EASY),
    (55, Band.NORMAL),
    (40, Band.SOMEWHAT_HARD),
)


@dataclass(frozen=True, slots=True)
class Score:
    """The counts behind a score; ``inflesz`` is None for a text without a word to read."""

    words: int
    sentences: int
    syllables: int
    inflesz: float | None

    @property
    def band(self) -> Band | None:
        return None if self.inflesz is None else band_of(self.inflesz)

    @property
    def words_per_sentence(self) -> float:
        return round(self.words / self.sentences, 2) if self.sentences else 0.0


def band_of(inflesz: float) -> Band:
    """Return the band of a score."""
    return next((band for start, band in BAND_STARTS if inflesz >= start), Band.VERY_HARD)


def measure(text: str) -> Score:
    """Return the score of a text."""
    return score_of(parse(text))


def score_of(text: Text) -> Score:
    """Return the score of a parsed text.

    Figures and codes count as words of their sentence, but not in the ratio of syllables to words.
    """
    readings = [read_token(token) for token in text.tokens]
    read = sum(reading.words for reading in readings)
    syllables = sum(reading.syllables for reading in readings)
    if not read:
        return Score(len(text.tokens), len(text.sentences), 0, None)
    words, sentences = len(text.tokens), len(text.sentences)
    inflesz = 206.835 - 62.3 * syllables / read - words / sentences
    return Score(words, sentences, syllables, round(inflesz, 2))
