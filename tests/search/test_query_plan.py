"""Request, glossary and plan, without database or engine."""

import pytest

from pages.core.search import SearchKind
from search.query.analysis import exact_tokens
from search.query.glossary import Glossary, name_key
from search.query.plan import Term, replace_filters
from search.query.planning import make_plan
from search.query.profile import LEGAL_ES
from search.query.request import MAX_QUERY, SearchRequest, Sort, freeze, quoted, tidy_text

GLOSSARY = Glossary.from_rows(
    [
        ("despido", "me corrieron\nme echaron del trabajo"),
        ("rescisión de la relación de trabajo", "me corrieron"),
        ("pensión alimenticia", "manutención; gastos de los hijos"),
        ("trabajo", "trabajo"),
        ("nada que agregar", ""),
    ]
)


def plan_text(text, known=None, glossary=None, **values):
    request = SearchRequest(text=text, phrases=quoted(text), **values)
    return make_plan(
        request, glossary or Glossary(), lambda stems: frozenset(stems if known is None else known)
    )


# --- Request


def test_a_query_is_cut_at_the_limit_and_reports_it():
    text, cut = tidy_text("humo " * 100)
    assert cut
    assert len(text) <= MAX_QUERY
    assert tidy_text("  humo\n\tgris\u200b ") == ("humo gris", False)


def test_quotes_of_any_shape_are_recognized():
    assert quoted('uno "dos tres" «cuatro» “cinco seis” "" "siete') == ("dos tres", "cuatro", "cinco seis")


def test_filters_are_deduplicated_and_read_only():
    filters = freeze({"kind": ("a", "a", "b"), "plan": ()})
    assert dict(filters) == {"kind": ("a", "b")}
    with pytest.raises(TypeError):
        filters["kind"] = ()


def test_a_filter_value_can_be_removed():
    request = SearchRequest(text="x", filters=freeze({"kind": ("a", "b"), "plan": ("p",)}), page=3)
    without = request.without_value("kind", "a")
    assert dict(without.filters) == {"kind": ("b",), "plan": ("p",)}
    assert without.page == 1
    assert dict(without.without_value("plan", "p").filters) == {"kind": ("b",)}


def test_unknown_parameter_values_have_a_default():
    assert Sort.parse("fecha", Sort.RELEVANCE) is Sort.DATE
    assert Sort.parse("precio", Sort.RELEVANCE) is Sort.RELEVANCE
    assert SearchKind.parse("compromiso") is SearchKind.parse("commitment") is SearchKind.COMMITMENT
    assert SearchKind.parse("otra") is None


# --- Glossary


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("me corrieron ayer", ["despido", "rescisión de la relación de trabajo"]),
        ("me echaron de mi trabajo", ["despido"]),
        ("la manutencion", ["pensión alimenticia"]),
        ("gastos hijos", ["pensión alimenticia"]),
        ("trabajo", []),
        ("despido", []),
        ("", []),
    ],
)
def test_lay_words_add_legal_terms(text, labels):
    assert [expansion.label for expansion in GLOSSARY.expand(exact_tokens(text))] == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("casarme", ["matrimonio"]),
        ("caso", ["litigio"]),
        ("casos", ["litigio"]),
        ("casa", []),
        ("embarazo", ["parto"]),
        ("embarazada", []),
    ],
)
def test_a_lay_word_matches_as_written(text, labels):
    rows = [("matrimonio", "casarme"), ("litigio", "caso"), ("parto", "embarazo")]
    assert [found.label for found in Glossary.from_rows(rows).expand(exact_tokens(text))] == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("¿se puede?", ["validez"]),
        ("qué puede hacer", []),
        ("cuánto tiempo tengo para demandar", ["plazo", "acciones"]),
        ("cuánto tiempo duró", ["plazo"]),
        ("saber gastan", ["transparencia"]),
        ("que gastan", []),
    ],
)
def test_a_lay_phrase_with_one_content_word_matches_as_a_whole(text, labels):
    rows = [
        ("validez", "se puede"),
        ("plazo", "cuánto tiempo"),
        ("acciones", "para demandar"),
        ("transparencia", "saber en qué gastan"),
    ]
    assert [found.label for found in Glossary.from_rows(rows).expand(exact_tokens(text))] == labels


def test_a_legal_term_of_several_words_is_a_phrase():
    terms = plan_text("manutención del partido", known=["manutencion"], glossary=GLOSSARY).plan.terms
    added = [term for term in terms if "pension" in term.text]
    assert added == [
        Term("text", "pension alimentici", LEGAL_ES.text * LEGAL_ES.glossary, slop=LEGAL_ES.slop)
    ]


def test_cuanto_is_not_searched():
    assert {term.text for term in plan_text("¿cuánto humo?").plan.terms} == {"hum"}
    assert {term.text for term in plan_text("¿cuánto?").plan.terms} == {"cuant"}


def test_a_legal_term_already_in_the_query_is_not_added():
    assert [e.label for e in plan_text("me corrieron despido", glossary=GLOSSARY).expansions] == [
        "rescisión de la relación de trabajo"
    ]


def test_the_same_rows_are_compiled_once():
    rows = [("amparo", "protección")]
    assert Glossary.from_rows(rows) is Glossary.from_rows(list(rows))


# --- Plan


def test_words_are_searched_in_text_and_plain():
    terms = plan_text("sentencias claras", known=["sentenci", "clar"]).plan.terms
    assert terms == (
        Term("text", "sentenci", LEGAL_ES.text),
        Term("text", "clar", LEGAL_ES.text),
        Term("plain", "sentenci", LEGAL_ES.plain),
        Term("plain", "clar", LEGAL_ES.plain),
    )


def test_only_unknown_words_are_fuzzy():
    found = plan_text("sentensia clara sol", known=["clar"])
    fuzzy = {term.text for term in found.plan.terms if term.fuzzy}
    assert fuzzy == {"sentensi"}
    assert found.unknown == ("sentensia",)  # every word of three letters is one edit from another


def test_glossary_words_weigh_less_and_are_never_fuzzy():
    terms = plan_text("me corrieron ayer", glossary=GLOSSARY, known=["corr"]).plan.terms
    added = [term for term in terms if term.text == "desp"]
    assert [(term.field, term.weight, term.fuzzy) for term in added] == [
        ("text", LEGAL_ES.glossary * LEGAL_ES.text, False),
    ]  # never through the breadcrumb
    assert not plan_text("me corrieron", glossary=GLOSSARY, expand=False).expansions


@pytest.mark.parametrize(
    ("text", "known", "weight"),
    [
        ("pleito y manutención", ["pleit", "manutencion"], LEGAL_ES.glossary),
        ("pleito y manutención", ["pleit"], LEGAL_ES.glossary_unknown),
        ("¿y la manutención?", ["manutencion"], LEGAL_ES.glossary_whole),
    ],
    ids=["beside other words", "for a word that no text has", "for the whole question"],
)
def test_the_glossary_weighs_more_for_unknown_words(text, known, weight):
    terms = plan_text(text, known=known, glossary=GLOSSARY).plan.terms
    assert [term.weight for term in terms if term.text == "pension alimentici"] == [weight * LEGAL_ES.text]
    assert LEGAL_ES.glossary < LEGAL_ES.glossary_unknown <= LEGAL_ES.glossary_whole


def test_grams_only_reorder():
    plan = plan_text("hornos").plan
    assert [term.text for term in plan.rerank if term.field == "ng"] == [
        "_hor",
        "horn",
        "orno",
        "rnos",
        "nos_",
    ]
    assert all(term.field != "ng" for term in plan.terms)


def test_stop_words_alone_are_searched_exactly():
    assert plan_text("sobre la que").plan.terms == (
        Term("exact", "sobre"),
        Term("exact", "la"),
        Term("exact", "que"),
    )


def test_quoted_phrases_include_stop_words():
    assert plan_text('"la calidad del aire" limpio').plan.phrases == (("la", "calidad", "del", "aire"),)


def test_a_reference_weighs_more_than_any_word():
    term = next(term for term in plan_text("compromiso 3.1").plan.terms if term.field == "ref")
    assert (term.text, term.weight) == ("3.1", LEGAL_ES.reference)


def test_no_text_matches_everything_by_date_and_symbols_match_nothing():
    blank, nonsense = plan_text("").plan, plan_text("'\";--").plan
    assert (blank.everything, blank.by_date, blank.terms) == (True, True, ())
    assert (nonsense.everything, nonsense.terms) == (False, ())


def test_the_language_becomes_a_filter():
    plan = plan_text("x", locale="es-mx", filters=freeze({"plan": ("p",)})).plan
    assert plan.filters == (("locale", ("es-mx",)), ("plan", ("p",)))


def test_a_code_is_searched_as_a_phrase():
    terms = plan_text("C.4 y 3.1 con TJA-12/2023").plan.terms
    assert {term.text for term in terms if term.field == "exact"} == {"c 4", "3 1", "tja 12 2023"}
    assert {term.text for term in terms if term.field == "text"} == {"tja", "2023"}


def test_the_title_boost_needs_all_words_of_the_query():
    plan = plan_text("informe parcial").plan
    assert [term.text for term in plan.named] == ["inform", "parcial"]
    assert all(term.field != "name" for term in plan.terms)


def test_each_word_in_a_title_raises_a_page_a_little():
    words = [term for term in plan_text("humo negro", known=["hum"]).plan.rerank if term.field == "name"]
    assert words == [Term("name", "hum", LEGAL_ES.title_word)]


# --- Words held


def test_each_word_that_a_passage_holds_counts_or_a_legal_term_for_it():
    known = ["perr", "negr", "no"]
    held = plan_text("manutención de mi perro negro, no", known=known, glossary=GLOSSARY).plan.held
    assert [[term.text for term in word] for word in held] == [
        ["manutencion", "pension alimentici"],
        ["perr"],
        ["negr"],
    ]
    assert {term.weight for word in held for term in word} == {LEGAL_ES.held_word}


@pytest.mark.parametrize("text", ["perro", "compromisos del perro", "no perro"])
def test_a_query_of_one_word_counts_none(text):
    assert plan_text(text).plan.held == ()


# --- Names of kinds


def test_the_name_of_a_kind_is_a_preference_and_weighs_less():
    plan = plan_text("compromisos de la secretaría de salud").plan
    assert plan.preferred == (Term("kind", "commitment", LEGAL_ES.kind),)
    weights = {term.text: term.weight for term in plan.terms if term.field == "text"}
    assert weights == {
        "compromis": LEGAL_ES.text * LEGAL_ES.kind_word,
        "secretari": LEGAL_ES.text,
        "salud": LEGAL_ES.text,
    }


def test_the_name_of_a_kind_alone_keeps_its_weight():
    plan = plan_text("resultados del plan").plan
    assert {term.text for term in plan.preferred} == {"report", "plan"}
    assert {term.weight for term in plan.terms if term.field == "text"} == {LEGAL_ES.text}


def test_a_kind_without_pages_is_an_ordinary_word():
    plan = plan_text("sentencias laborales", known=["sentenci", "laboral"]).plan
    assert plan.preferred == ()
    assert {term.weight for term in plan.terms if term.field == "text"} == {LEGAL_ES.text}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("mi hijo no crece bien", {"ruling", "proposal", "roadmap", "table", "municipality"}),
        ("qué decidió el juez", {"proposal", "roadmap", "table", "municipality"}),
        ("sentencia de divorcio", {"proposal", "roadmap", "table", "municipality"}),
        ("línea a.3", {"ruling", "roadmap", "table", "municipality"}),
        ("mesas de trabajo", {"ruling", "proposal", "municipality"}),
        ("la ruta del municipio abierto", {"ruling", "proposal"}),
        ("secretariado de Apaseo el Alto", {"ruling", "proposal", "roadmap", "table"}),
    ],
)
def test_what_a_query_does_not_mean_is_demoted(text, values):
    known = ["=ruling", "=line", "=table", "=roadmap", "=municipality", "=secretariat"]
    glossary = Glossary(municipalities=frozenset({name_key("Apaseo el Alto")}))
    found = plan_text(text, known=known, glossary=glossary).plan.demoted
    assert {term.text or term.field for term in found} == values


def test_a_proposal_is_not_pinned_by_a_question_about_progress():
    weights = {term.text: term.weight for term in plan_text("¿cuánto han avanzado?").plan.demoted}
    assert weights["proposal"] == LEGAL_ES.pinned_kind


def test_a_question_about_a_pace_pins_its_commitments_and_then_the_plan_and_the_report():
    plan = plan_text("qué ya se cumplió").plan
    assert {term.text: term.weight for term in plan.preferred} == {
        "done": LEGAL_ES.pinned_kind,
        "plan": LEGAL_ES.pinned_kind / 2,
        "report": LEGAL_ES.pinned_kind / 2,
    }


def test_a_commitment_without_a_report_comes_after_the_report_that_lists_what_is_late():
    weights = {term.text: term.weight for term in plan_text("qué dependencia incumplió").plan.preferred}
    assert weights["low"] == weights["late"] > weights["report"] == weights["plan"] > weights["none"]


def test_a_question_about_progress_pins_the_plan_and_its_report():
    plan = plan_text("¿cuánto han avanzado?").plan
    assert {term.text for term in plan.preferred} == {"plan", "report"}
    assert {term.weight for term in plan.preferred} == {LEGAL_ES.pinned_kind}
    assert {"=plan", "=report"} <= {term.text for term in plan.terms}


def test_progress_of_a_matter_prefers_its_updates():
    plan = plan_text("porcentaje de avance justicia abierta").plan
    assert plan.preferred == (Term("kind", "update", LEGAL_ES.kind),)


# --- Three words


def test_of_three_words_a_page_must_hold_two():
    minimum = plan_text("hornos de humo negro").plan.minimum
    assert minimum is not None
    assert (minimum.count, len(minimum.words)) == (2, 6)  # a word of the title is worth two
    assert plan_text("hornos de humo").plan.minimum is None
    assert plan_text("compromisos de la secretaría de salud").plan.minimum is None


@pytest.mark.parametrize("text", ['"hornos de humo" negro sucio', "hornos negros sucios 3.1"])
def test_quotes_and_references_need_no_minimum(text):
    assert plan_text(text).plan.minimum is None


def test_a_legal_term_counts_for_the_words_that_added_it():
    minimum = plan_text("manutención de mi perro negro", glossary=GLOSSARY).plan.minimum
    assert minimum is not None
    assert "pension alimentici" in {term.text for term in minimum.words[0]}


def test_a_plan_with_replaced_filters_equals_a_new_plan():
    def find_known(stems):
        return frozenset(stems) - {"ladriler"}

    filters = freeze({"kind": ("plan",), "year": ("2022",)})
    request = SearchRequest(text='me corrieron, "ladrileras" 3.1', filters=filters, locale="es-mx")
    plan = make_plan(request, GLOSSARY, find_known, ("kind",)).plan
    freer = request.without_filter("kind")
    assert replace_filters(plan, freer) == make_plan(freer, GLOSSARY, find_known).plan
