"""Each rule finds what the labelled examples mark, and nothing in their opposites (``data/rules.txt``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from abierto.language.review import review_text
from abierto.language.rules import RULES

EXAMPLES = Path(__file__).parent / "data" / "rules.txt"
#: Rules that read the structure of a page; test_structure.py has their examples.
STRUCTURE = {"heading-order", "missing-summary", "long-summary"}


def examples() -> list[tuple[str, str, str]]:
    found, code = [], ""
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            code = line.strip("[]")
        elif line[:2] in {"+ ", "- "}:
            found.append((code, line[0], line[2:].replace("¶", "\n")))
    return found


def found_by(code: str, text: str) -> list[str]:
    return [text[one.start : one.end] for one in review_text(text).findings if one.rule.code == code]


@pytest.mark.parametrize(("code", "sign", "text"), examples())
def test_rule_on_an_example(code, sign, text):
    expected = [text.partition("⟦")[2].partition("⟧")[0]] if sign == "+" else []

    assert found_by(code, text.replace("⟦", "").replace("⟧", "")) == expected


def test_every_rule_has_three_examples_of_each_sign():
    signs = [(code, sign) for code, sign, _ in examples()]
    codes = {rule.code for rule in RULES} - STRUCTURE

    assert {(code, sign) for code in codes for sign in "+-" if signs.count((code, sign)) < 3} == set()
    assert {code for code, _ in signs} == codes


def test_every_rule_names_its_source_and_its_remedy():
    assert [rule.code for rule in RULES if not (rule.source and rule.message.endswith("."))] == []
    assert len({rule.code for rule in RULES}) == len(RULES)
