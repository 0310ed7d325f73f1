"""Text analysis, as tables of text and tokens."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import analysis
from search.query.analysis import (
    LUCENE_SPANISH,
    MEANINGFUL,
    STOP_WORDS,
    analyse,
    clean,
    exact_tokens,
    grams,
    word_grams,
    words,
)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Las Sentencias", ["sentenci"]),
        ("NIÑEZ niñez ninez", ["ninec"] * 3),
        ("cafe\u0301 café", ["caf", "caf"]),
        ("ﬁrma", ["firm"]),
        ("a_b-c/d", ["b", "c", "d"]),
        ("¿Qué es esto?", []),
        ("contra el Estado, sin nada", ["contr", "estad", "sin", "nad"]),
        ("no estamos en 2024", ["no", "2024"]),
        ("", []),
    ],
)
def test_stems(text, stems):
    assert analyse(text) == stems


WORDS = Path(__file__).parent / "words"


def read_pairs(name):
    lines = (WORDS / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split()) for line in lines if line and not line.startswith("#")]


def test_singular_and_plural_have_one_stem():
    found = read_pairs("number_pairs.txt")
    assert len(found) >= 300
    assert [pair for pair in found if analyse(pair[0]) != analyse(pair[1])] == []


def test_different_words_keep_different_stems():
    assert [pair for pair in read_pairs("different_words.txt") if analyse(pair[0]) == analyse(pair[1])] == []


@pytest.mark.parametrize(("verb", "other"), [("quieres", "quiere"), ("puedes", "puede"), ("dices", "dice")])
def test_verbs_that_end_like_plurals_keep_their_stem(verb, other):
    assert analyse(verb) == analyse(other)


@pytest.mark.parametrize(
    "words", ["francés francesa franceses francesas", "alemán alemana alemanes alemanas"]
)
def test_peoples_have_one_stem_in_both_genders(words):
    assert len(set(analyse(words))) == 1


@pytest.mark.parametrize("text", ["5º", "5°", "5o.", "5o", "5a", "5ª", "5ta", "N° 5", "Nº5", "n.º 5"])
def test_ordinals_and_number_signs_become_the_number(text):
    assert exact_tokens(text) == ["5"]


def test_1er_is_1_and_letters_keep_their_digits():
    assert exact_tokens("1er informe, A5a, 24a3") == ["1", "informe", "a5a", "24a3"]


def test_exact_keeps_stop_words_and_folds():
    assert exact_tokens("La Niña de él") == ["la", "nina", "de", "el"]


@pytest.mark.parametrize("word", ["de", "las", "estaban", "tuviéramos", "sí", "más"])
def test_stop_words_match_with_and_without_accents(word):
    assert analyse(word) == []
    assert analyse(analysis.strip_marks(word)) == []


def test_the_stop_list_is_lucenes_without_meaningful_words():
    folded = {analysis.strip_marks(word) for word in LUCENE_SPANISH.split()}
    assert folded - STOP_WORDS == MEANINGFUL
    assert folded > STOP_WORDS


def test_grams_come_from_long_words_except_stop_words():
    assert grams(exact_tokens("los Hornos de sal")) == ["_hor", "horn", "orno", "rnos", "nos_"]
    assert word_grams("sal") == ()
    assert word_grams("para") == ()


def test_words_have_positions():
    found = [
        (word.folded, word.stem, "Los niños, 5º."[word.start : word.end]) for word in words("Los niños, 5º.")
    ]
    assert found == [("los", "", "Los"), ("ninos", "nin", "niños"), ("5", "5", "5º")]


@pytest.mark.parametrize(
    "hidden", ["\u00ad", "\u200b", "\u200c", "\u2060", "\u200e", "\u202e", "\u2066", "\ufeff"]
)
def test_a_hidden_character_inside_a_word_is_dropped(hidden):
    assert exact_tokens(f"trans{hidden}parencia") == ["transparencia"]


@pytest.mark.parametrize("text", ["I.A.C.I.P.", "i.a.c.i.p", "IACIP", "el I.A.C.I.P., con"])
def test_dotted_acronyms_equal_undotted_ones(text):
    assert "iacip" in exact_tokens(text)


@pytest.mark.parametrize("text", ["p.ej.", "www.gob.mx", "Fin.A otra", "C.4", "3.1"])
def test_other_dots_separate_words(text):
    assert len(exact_tokens(text)) > 1


def test_a_dotted_acronym_has_its_position():
    text = "El I.A.C.I.P. revisa"
    assert [text[word.start : word.end] for word in words(text) if word.folded == "iacip"] == ["I.A.C.I.P."]


def test_clean_leaves_printable_nfc():
    assert clean("a\x00b\ud800 e\u0301") == "a b? \u00e9"


@given(st.text())
def test_tokens_of_any_text_survive_joining_and_splitting(text):
    tokens = exact_tokens(text)
    assert " ".join(tokens).split() == tokens
    assert all(token.isalnum() for token in tokens)
    assert len(analyse(text)) <= len(tokens)


@given(st.text(alphabet="aábcdeéiíolmnñoórstuúüy "))
def test_accents_never_change_the_stems(text):
    assert analyse(analysis.strip_marks(text)) == analyse(text)


def test_the_chain_version_follows_the_rules(monkeypatch):
    before = analysis._chain_version()
    assert before == analysis.CHAIN_VERSION
    monkeypatch.setattr(analysis, "STOP_WORDS", STOP_WORDS | {"plan"})
    assert analysis._chain_version() != before
