from __future__ import annotations

import pytest

from abierto.progress.enums import CountAs, NodeLevel, Pace, RollUp


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("plan", NodeLevel.PLAN),
        ("AXIS", NodeLevel.AXIS),
        (" commitment ", NodeLevel.COMMITMENT),
        ("action", NodeLevel.ACTION),
    ],
)
def test_parsing_ignores_case_and_spaces(text, level):
    assert NodeLevel.parse(text, default=None) is level


@pytest.mark.parametrize("text", ["", None, "compromiso", "plan axis"])
def test_an_unknown_word_gives_the_default(text):
    assert NodeLevel.parse(text, NodeLevel.ACTION) is NodeLevel.ACTION
    assert NodeLevel.parse(text, None) is None


@pytest.mark.parametrize("words", [NodeLevel, RollUp, CountAs, Pace])
def test_every_stored_value_is_parsed_back(words):
    assert [words.parse(str(word), None) for word in words] == list(words)
