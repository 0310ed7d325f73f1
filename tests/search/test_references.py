"""References in a query, and the keys that pages are indexed under."""

import pytest

from search.query.glossary import Glossary
from search.query.planning import make_plan
from search.query.profile import LEGAL_ES
from search.query.references import (
    indexed_keys,
    plan_references,
    reference_key,
    references,
    target_references,
    title_references,
)
from search.query.request import SearchRequest


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("3.1", ["3.1"]),
        ("compromiso 3.1 de salud", ["3.1"]),
        ("Compromiso 4", ["compromiso.4", "4"]),
        ("eje 3", ["eje.3"]),
        ("Objetivo 16 paz", ["ods.16"]),
        ("ods 5", ["ods.5"]),
        ("artículo 39-A", ["39.a"]),
        ("TJA-12/2023", ["tja.12.2023"]),
        ("16.b", ["16.b"]),
        ("meta 16.7", ["meta.16.7"]),
        ("ODS 16.b", ["meta.16.b"]),
        ("estrategia C", ["eje.c"]),
        ("Estrategia c del plan de trabajo", ["eje.c"]),
        ("estrategia de salud", []),
        ("eje 3.", ["eje.3"]),
        ("compromiso 1.1 del plan 2019", ["1.1"]),
        ("TJA 012/2023", ["12.2023", "tja.12.2023"]),
        ("T.J.A. 12–2023", ["12.2023", "tja.12.2023"]),
        ("expediente 12/2023", ["12.2023"]),
        ("7", ["7"]),
        ("en 2023 hubo 46 municipios", []),
        ("bien-estar y/o salud", []),
    ],
)
def test_references_are_found_in_a_query(text, keys):
    assert references(text) == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("cuándo termina el plan 2022-2024", ["plan.2022", "plan.2024"]),
        ("avance del plan de acción local 2019", ["plan.2019"]),
        ("Plan de Acción Local de Estado Abierto 2022–2024", ["plan.2022", "plan.2024"]),
        ("PAL 2019-2021", ["plan.2019", "plan.2021"]),
        ("compromiso 1.1 del plan 2019", ["plan.2019"]),
        ("planear en 2019", []),
        ("plan de trabajo", []),
    ],
)
def test_a_plan_is_named_by_its_years(text, keys):
    assert plan_references(text) == keys


def test_a_plan_is_indexed_by_the_years_of_its_title():
    assert title_references("Plan de Acción Local 2019–2021") == ("plan 2019", "plan 2021")
    assert {key for ref in title_references("Plan 2019–2021") for key in indexed_keys(ref)} == {
        "plan.2019",
        "plan.2021",
    }


def test_reference_spellings_are_normalized():
    assert {reference_key(text) for text in ("39-A", "39 a", "39.A", " 39–a ".replace("–", "-"))} == {"39.a"}


@pytest.mark.parametrize(
    "text", ["TJA-12/2023", "tja 12/2023", "TJA/012/2023", "12/2023", "exp. TJA–12/2023"]
)
def test_a_case_is_found_by_every_spelling_of_its_number(text):
    assert set(references(text)) & set(indexed_keys("TJA-12/2023"))


@pytest.mark.parametrize(("text", "keys"), [("16.7", ["meta.16.7"]), ("18.7", []), ("c.4", [])])
def test_a_code_may_be_a_target_of_the_goals(text, keys):
    assert target_references(text) == keys


def test_a_commitment_of_that_code_ranks_above_the_target():
    terms = make_plan(SearchRequest(text="16.7"), Glossary(), frozenset).plan.terms
    weights = {term.text: term.weight for term in terms if term.field == "ref"}
    assert weights == {"16.7": LEGAL_ES.reference, "meta.16.7": LEGAL_ES.target}
