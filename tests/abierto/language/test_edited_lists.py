"""Edited word lists: what a line may be, and what rules find with them."""

import time

import pytest

from abierto.language.review import review_text
from abierto.language.word_lists import (
    MAX_LINES,
    LineProblem,
    ListEdit,
    build_lists,
    read_additions,
    read_removals,
    shipped_phrases,
)


def problems(source: str, known=None) -> list[LineProblem]:
    return [error.problem for error in read_additions(source, known)[1]]


def test_additions_are_read_with_any_of_the_signs():
    source = "  En Autos  Consta = el expediente dice\n\nusufructuar → usar\n{obtemperar} (a|al)\tobedecer"
    assert read_additions(source) == (
        {
            "en autos consta": "el expediente dice",
            "usufructuar": "usar",
            "{obtemperar} (a|al)": "obedecer",
        },
        [],
    )


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("solo la frase", LineProblem.NO_SIGN),
        ("= sin frase", LineProblem.PHRASE),
        ("sin propuesta =", LineProblem.PLAIN),
        ("a.*b = algo", LineProblem.PHRASE),
        ("[a-z]+ = algo", LineProblem.PHRASE),
        ("(sin|cerrar = algo", LineProblem.PHRASE),
        ("(una) = algo", LineProblem.PHRASE),
        ("{mesa} = algo", LineProblem.PHRASE),
        ("artículo 5 = algo", LineProblem.PHRASE),
        ("frase = <b>algo</b>", LineProblem.PLAIN),
        ("x " * 80 + "= algo", LineProblem.TOO_LONG),
        ("misma = una\nmisma = otra", LineProblem.TWO_MEANINGS),
    ],
)
def test_lines_that_are_refused(source, problem):
    assert problems(source) == [problem]


def test_the_same_line_twice_counts_once():
    assert read_additions("misma = una\nMISMA = una") == ({"misma": "una"}, [])


def test_a_list_that_only_grows_refuses_what_it_has():
    assert problems("por ende = así", shipped_phrases("legal_words")) == [LineProblem.KNOWN]


def test_too_many_lines_are_refused_at_once():
    start = time.process_time()
    source = "\n".join(f"palabra{'a' * (number % 90)} = b" for number in range(5_000))
    found, errors = read_additions(source + "\n" + "c = d\n" * 5_000)
    assert time.process_time() - start < 2
    assert len(found) < MAX_LINES
    letters = "abcdefghij"
    many = "\n".join(
        "x" + "".join(letters[int(digit)] for digit in str(number)) + " = b" for number in range(5_000)
    )
    found, errors = read_additions(many)
    assert [error.problem for error in errors] == [LineProblem.TOO_MANY]


def test_removals_must_be_in_the_list():
    known = shipped_phrases("legal_words")
    assert read_removals("Por ende\n", known) == (frozenset({"por ende"}), [])
    assert [error.problem for error in read_removals("jamás vista", known)[1]] == [LineProblem.UNKNOWN]


def test_rules_find_what_is_added_and_not_what_is_taken_out():
    lists = build_lists(
        {
            "legal_words": [
                ListEdit({"usufructuar": "usar"}, frozenset({"por ende"})),
                ListEdit({"otrosí": "además"}),
            ]
        }
    )
    text = "Por ende, quieren usufructuar el agua. Otrosí, piden luz. No obstante ello, esperan."

    found = [one.suggestion for one in review_text(text, lists).findings if one.rule.code == "legal-word"]

    assert found == ["usar", "además", "aun así"]
    assert "por eso" in [one.suggestion for one in review_text(text).findings]
