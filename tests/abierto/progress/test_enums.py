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
def test_parsing_ignores_case_and_spaces(text, level):
    assert Level.parse(text, default=None) is level


@pytest.mark.parametrize("text", ["", None, "compromiso", "plan axis"])
def test_an_unknown_word_gives_the_default(text):
    assert Level.parse(text, Level.ACTION) is Level.ACTION
    assert Level.parse(text, None) is None


@pytest.mark.parametrize("words", [Level, RollUp, CountAs, Pace])
def test_every_stored_value_is_parsed_back(words):
    assert [words.parse(str(word), None) for word in words] == list(words)
