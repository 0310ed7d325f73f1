"""The word lists of the package: each has a source, and none breaks another rule of the product."""

from __future__ import annotations

from pathlib import Path

import pytest

from abierto.language import vocabulary
from abierto.language.review import review_text
from abierto.language.rules import RULES

LISTS = sorted(path.stem for path in vocabulary.DATA.glob("*.toml") if path.stem != "sources")
DOCUMENT = Path(__file__).parents[3] / "docs" / "lenguaje-claro.md"


@pytest.mark.parametrize("name", LISTS)
def test_every_list_names_its_sources(name):
    data = vocabulary.load(name)

    named = data["sources"] if "sources" in data else [data["source"]]
    assert named
    assert set(named) <= set(vocabulary.sources())


def test_every_rule_names_a_known_source():
    assert {rule.source for rule in RULES} <= set(vocabulary.sources())


def test_document_describes_every_rule_and_source():
    text = DOCUMENT.read_text(encoding="utf-8")

    assert [rule.code for rule in RULES if f"`{rule.code}`" not in text] == []
    assert [title for title in vocabulary.sources().values() if title not in text] == []


@pytest.mark.parametrize("name", ["latin", "legal_words", "empty_verbs"])
def test_what_is_offered_breaks_none_of_the_lists(name):
    offered = set(vocabulary.load(name)["phrases"].values())
    lists = {"latin", "legal-word", "empty-verb"}

    assert {
        plain for plain in offered for one in review_text(f"{plain}.").findings if one.rule.code in lists
    } == set()
