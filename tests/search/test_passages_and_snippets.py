"""Passages of long texts for the index, and snippets of passages for the results."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abierto.text import rich_text_lines
from pages.core.search import Passage, SearchContent, SearchKind, join_distinct_texts
from search.indexing.documents import SIZE, split_passages
from search.indexing.schema import build_documents, fingerprint
from search.query.snippets import HighlightTerms, highlight, snippet, within_one_edit

# --- Passages


def make_content(title="Aire", **values):
    return SearchContent([], group=1, kind=SearchKind.AXIS, locale="es-mx", title=title, url="/a/", **values)


def test_small_sections_share_a_passage():
    assert split_passages([Passage("Uno."), Passage(""), Passage("Dos.")]) == [Passage("Uno.\nDos.")]


def test_a_section_with_an_anchor_starts_a_passage():
    passages = split_passages([Passage("Uno."), Passage("Dos.", "Qué pasó", "s-que"), Passage("Tres.")])
    assert [(p.text, p.anchor) for p in passages] == [("Uno.", ""), ("Dos.\nTres.", "s-que")]


def test_a_long_section_is_cut_between_sentences_each_with_an_anchor_in_it():
    sentence = "La sala resolvió lo que sigue sobre el caso."
    passages = split_passages([Passage(" ".join([sentence] * 100), "Por qué", "s-por")])
    assert len(passages) > 2
    assert all(p.text.endswith(".") and len(p.text) <= SIZE for p in passages)
    assert passages[0].anchor == "s-por"
    assert passages[1].anchor == "s-por:~:text=La%20sala%20resolvi%C3%B3%20lo%20que%20sigue"
    assert sum(p.text.count(sentence) for p in passages) == 100


@given(st.lists(st.text(alphabet="ab .\n", max_size=300), max_size=8))
def test_no_word_is_lost(texts):
    passages = split_passages([Passage(text) for text in texts], size=80)
    assert " ".join(p.text for p in passages).split() == " ".join(texts).split()


def test_a_page_without_text_has_a_document_for_its_title():
    (document,) = build_documents(make_content(title="Aire limpio"))
    assert document.text == "air limpi"
    assert document.parts == 1


def test_the_fingerprint_follows_the_content():
    def hash_content(**values):
        return fingerprint(build_documents(make_content(**values)))

    assert hash_content() == hash_content()
    assert (
        len(
            {
                hash_content(),
                hash_content(plan="p"),
                hash_content(code="1"),
                hash_content(trail=("Plan",)),
                hash_content(plain="viento"),
            }
        )
        == 5
    )


# --- Snippets


def make_terms(*stems, **values):
    return HighlightTerms(frozenset(stems), **values)


def test_matches_are_marked_by_stem_and_everything_is_escaped():
    html = snippet("Los <b>hornos</b> & el Horno.", make_terms("horn"))
    assert html == "Los &lt;b&gt;<mark>hornos</mark>&lt;/b&gt; &amp; el <mark>Horno</mark>."


def test_the_window_contains_the_most_matches():
    text = "Horno viejo. " + "Nada que ver aquí. " * 40 + "El humo del horno ensucia el aire. " + "Fin. " * 40
    html = snippet(text, make_terms("horn", "hum", "air"), size=120)
    assert html.startswith("El <mark>humo</mark> del <mark>horno</mark> ensucia el <mark>aire</mark>.")
    assert html.endswith(" …")
    assert len(html) < 250


def test_a_snippet_begins_at_a_sentence_unless_it_is_too_long():
    text = "Nada que ver. " * 10 + "El humo ensucia. " + "Fin. " * 80
    assert snippet(text, make_terms("hum"), size=80).startswith("El <mark>humo</mark>")
    long = "una palabra y otra " * 30 + "el humo " + "sigue " * 60
    assert snippet(long, make_terms("hum"), size=80).startswith("… ")


def test_lines_that_are_no_sentences_are_set_apart():
    assert snippet("42\n%\nAvance del plan\nTiene fin.\nSigue", make_terms()) == (
        "42 · % · Avance del plan · Tiene fin. Sigue"
    )


def test_a_long_section_keeps_its_lines():
    first, *_rest = split_passages([Passage("\n".join(["Un punto de la lista"] * 100))])
    assert first.text.startswith("Un punto de la lista\nUn punto")


def test_texts_are_joined_without_repeating_a_sentence():
    summary = "Los secretariados llevan 45 % y la capacitación 43 %."
    assert join_distinct_texts(summary, f"{summary} Hay un mapa.").text == f"{summary} Hay un mapa."


def test_labels_of_links_are_searched_and_not_shown():
    (document,) = build_documents(
        replace(make_content(), passages=split_passages([Passage("Uno.", labels="Cuarta sesión")]))
    )
    assert "sesion" in document.text
    assert document.src == "Uno."


def test_list_items_of_rich_text_are_lines():
    assert rich_text_lines("<ul><li>Uno</li><li>Dos &amp; tres</li></ul><p>Fin<br/>ya</p>") == (
        "Uno\nDos & tres\nFin\nya"
    )


def test_a_phrase_is_marked_whole_and_alone():
    html = snippet(
        "La calidad. El aire. La calidad del aire.",
        make_terms("calid", phrases=(("calidad", "del", "aire"),)),
    )
    assert html == "La calidad. El aire. La <mark>calidad del aire</mark>."


def test_without_a_match_the_snippet_is_the_beginning():
    text = "Palabras del principio. " * 30
    assert snippet(text, make_terms("xilofon"), size=60).startswith("Palabras del principio.")


def test_an_empty_source_gives_nothing():
    assert snippet("", make_terms("horn")) == ""


def test_phrases_and_typos_are_marked_too():
    assert highlight("La niñez", make_terms(exact=frozenset({"la"}))) == "<mark>La</mark> niñez"
    assert highlight("Las ladrilleras", make_terms(nearly=("ladrileras",))) == "Las <mark>ladrilleras</mark>"


@pytest.mark.slow
@given(st.text(max_size=400), st.integers(10, 200))
def test_any_source_gives_escaped_text(source, size):
    html = snippet(source, make_terms("a", "de", exact=frozenset(source.lower().split()[:3])), size)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert html.count("<mark>") == html.count("</mark>")


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("casa", "casa", True),
        ("casa", "cassa", True),
        ("casa", "caza", True),
        ("casa", "csaa", True),
        ("casa", "cas", True),
        ("casa", "masas", False),
        ("casa", "acsas", False),
        ("", "a", True),
        ("", "ab", False),
    ],
)
def test_one_edit(first, second, near):
    assert within_one_edit(first, second) is near
    assert within_one_edit(second, first) is near
