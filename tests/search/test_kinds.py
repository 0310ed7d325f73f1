"""Names of kinds and questions about progress in a query."""

import pytest

from pages.core.search import SearchKind
from search.indexing.schema import PAGE_MARKS, page_token
from search.query.analysis import exact_tokens
from search.query.glossary import Glossary
from search.query.kinds import is_about_rulings, kind_mark, read_kinds
from search.query.planning import make_plan
from search.query.request import SearchRequest
from tests.search.corpus import documents


@pytest.mark.parametrize(
    ("text", "kinds", "words"),
    [
        ("compromisos de la secretaría de salud", (SearchKind.COMMITMENT,), {"compromisos"}),
        ("resultados del plan", (SearchKind.REPORT, SearchKind.PLAN), {"resultados", "plan"}),
        ("sentencia de divorcio", (SearchKind.RULING,), {"sentencia"}),
        ("porcentaje de avance justicia abierta", (SearchKind.UPDATE,), {"porcentaje", "avance"}),
        ("sesión de diciembre", (SearchKind.SESSION,), set()),
        ("qué municipios participan", (SearchKind.MUNICIPALITY,), set()),
        ("quiénes integran el secretariado", (SearchKind.SECRETARIAT,), set()),
        ("humo de los hornos", (), set()),
        ("informe parcial del secretariado", (SearchKind.REPORT,), {"informe"}),
        ("secretariado de mi municipio", (SearchKind.SECRETARIAT, SearchKind.MUNICIPALITY), set()),
        ("becas sin avance", (), {"avance"}),
        ("la ruta de Coroneo", (SearchKind.ROADMAP,), set()),
        ("capacitación para ayuntamientos", (), set()),  # not every forum is one
    ],
)
def test_names_of_kinds_are_read(text, kinds, words):
    read = read_kinds(exact_tokens(text))
    assert (read.kinds, read.words, read.pins) == (kinds, words, False)


@pytest.mark.parametrize("text", ["cuánto han avanzado", "¿Cómo van los compromisos?", "qué tanto han hecho"])
def test_a_question_about_all_progress_pins_the_plan_and_the_report(text):
    read = read_kinds(exact_tokens(text))
    assert (read.kinds, read.pins) == ((SearchKind.PLAN, SearchKind.REPORT), True)


def test_a_year_only_names_the_plan_of_a_question_about_progress():
    read = read_kinds(exact_tokens("porcentaje de avance del plan 2022"))
    assert (read.kinds, read.pins) == ((SearchKind.PLAN, SearchKind.REPORT), True)


@pytest.mark.parametrize(
    ("text", "pins"),
    [
        ("qué ya se cumplió", True),
        ("compromisos cumplidos", True),
        ("qué dependencia incumplió", True),
        ("becas atrasadas", False),
    ],
)
def test_a_question_about_nothing_but_a_pace_pins_its_commitments(text, pins):
    read = read_kinds(exact_tokens(text))
    assert (read.pins, bool(read.paces)) == (pins, True)


@pytest.mark.parametrize(
    ("text", "paces"),
    [
        ("qué ya se cumplió", ("done",)),
        ("compromisos terminados", ("done",)),
        ("compromisos atrasados", ("low", "late")),
        ("compromisos sin avance reportado", ("none", "stage")),
        ("los que no han avanzado", ("none", "stage")),
        ("compromisos que no se cumplieron", ("low", "late", "none", "stage")),
        ("qué no se ha cumplido", ("low", "late", "none", "stage")),
        ("qué dependencia incumplió", ("low", "late", "none", "stage")),
        ("avance de justicia abierta", ()),
    ],
)
def test_words_for_a_pace_prefer_commitments_of_that_pace(text, paces):
    assert read_kinds(exact_tokens(text)).paces == paces
    plan = make_plan(SearchRequest(text=text), Glossary(), frozenset).plan
    assert [term.text for term in plan.preferred if term.field == "pace"] == list(paces)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("qué decidió el juez", True), ("tribunales electorales", True), ("mi hijo no crece bien", False)],
)
def test_a_query_is_about_rulings_when_it_names_them_or_who_gives_them(text, answer):
    assert is_about_rulings(exact_tokens(text)) is answer


def test_a_page_is_indexed_with_the_names_of_its_kind():
    (document,) = documents(1, "Una multa", "De tránsito.", kind=SearchKind.RULING)
    assert {"sentenci", kind_mark(SearchKind.RULING)} <= set(document.plain.split())


def test_the_stems_of_a_page_tell_their_field():
    (document,) = documents(1, "Una multa", "De tránsito.", trail=("Plan",))
    held = set(document.page.split())
    assert {"transit", page_token("plain", "plan"), page_token("name", "mult")} <= held
    assert "plan" not in held
    assert len(set(PAGE_MARKS.values())) == len(PAGE_MARKS)
