"""The counter, the score and the splitter against texts counted by hand (``data/``)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from abierto.language.inflesz import Band, band_of, measure
from abierto.language.sentences import split_sentences
from abierto.language.syllables import count_syllables, read_token

DATA = Path(__file__).parent / "data"
READ_ALOUD = {"acronym", "abbreviation"}


def rows(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def divided_words() -> list[tuple[str, str, int]]:
    words = []
    for row in rows("syllables.txt"):
        kind, _, divisions = row.partition(": ")
        for division in divisions.split():
            word, _, count = division.partition("=")
            words.append((kind, word.replace("-", ""), int(count or division.count("-") + 1)))
    return words


def counted(kind: str, word: str) -> int:
    return read_token(word).syllables if kind in READ_ALOUD else count_syllables(word)


def passages() -> list[dict[str, str]]:
    return tomllib.loads((DATA / "passages.toml").read_text(encoding="utf-8"))["passage"]


def test_the_list_has_five_hundred_words():
    assert len({word for _, word, _ in divided_words()}) >= 500


def test_syllables_of_every_listed_word():
    wrong = {word: (got, n) for kind, word, n in divided_words() if (got := counted(kind, word)) != n}
    assert wrong == {}


@pytest.mark.parametrize(
    "word", ["2024", "1,250.50", "XIV", "1.º", "TEEG-JPDC-03/2024", "www.gob.mx", "33.5", "A4"]
)
def test_figures_and_codes_are_left_out(word):
    assert read_token(word) == (0, 0)


def test_capitals_and_accents_of_other_languages_do_not_matter():
    assert [count_syllables(word) for word in ("SECRETARÍA", "Gonçalves", "déjà", "Müller")] == [5, 3, 2, 2]


def test_decomposed_accents_are_counted_as_composed():
    assert count_syllables("pai\u0301s") == 2


@pytest.mark.parametrize("passage", passages(), ids=lambda passage: passage["kind"])
def test_score_of_a_passage_counted_by_hand(passage):
    sentences = passage["text"].split(" | ")
    words = passage["text"].replace("|", "").split()
    syllables = len(words) + sum(word.count("-") for word in words)
    expected = 206.835 - 62.3 * syllables / len(words) - len(words) / len(sentences)

    score = measure(" ".join(sentences).replace("-", ""))

    assert (score.words, score.sentences) == (len(words), len(sentences))
    assert score.inflesz == pytest.approx(expected, abs=1)
    assert score.syllables == syllables


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (-5, Band.VERY_HARD),
        (39.99, Band.VERY_HARD),
        (40, Band.SOMEWHAT_HARD),
        (55, Band.NORMAL),
        (65, Band.FAIRLY_EASY),
        (79.99, Band.FAIRLY_EASY),
        (80, Band.VERY_EASY),
    ],
)
def test_bands_begin_at_40_55_65_and_80(score, band):
    assert band_of(score) is band


@pytest.mark.parametrize("text", ["", "  \n\u200b", "…", "2024", "-- 3 --"])
def test_text_without_words_has_no_score(text):
    assert measure(text).inflesz is None


@pytest.mark.parametrize("row", rows("sentences.txt"))
def test_sentences_divided_by_hand(row):
    text = row.replace("| ", "")

    assert [text[start:end] for start, end in split_sentences(text)] == row.split(" | ")


def test_a_line_ends_a_sentence():
    assert len(split_sentences("Acta de la sesión\nSe abrió a las diez\n\n- Punto uno")) == 3
