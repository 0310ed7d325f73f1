from __future__ import annotations

import pytest

from abierto.progress.enums import CountAs, Level, Pace, RollUp


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("plan", Level.PLAN),
        ("AXIS", Level.AXIS),
        (" commitment ", Level.COMMITMENT),
        ("action", Level.ACTION),
    ],
)
def test_a_word_is_read_whatever_its_case_and_spaces(text, level):
    assert Level.parse(text, default=None) is level


@pytest.mark.parametrize("text", ["", None, "compromiso", "plan axis"])
def test_an_unknown_word_gives_the_default(text):
    assert Level.parse(text, Level.ACTION) is Level.ACTION
    assert Level.parse(text, None) is None


@pytest.mark.parametrize("words", [Level, RollUp, CountAs, Pace])
def test_every_word_reads_back_from_what_is_stored(words):
    assert [words.parse(str(word), None) for word in words] == list(words)
