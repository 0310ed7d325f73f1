"""The content files compared with figures copied again from their source documents."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from abierto.demo.loader.body import linked_slugs
from abierto.demo.loader.content import CONTENT, read_content
from abierto.registry.sdg import normalise_code
from tests.repository.files import ROOT

# Primer Informe Parcial, August to November 2023: declared figures and each action (* = with a note).
REPORT: dict[str, tuple[int | None, list[str]]] = {
    "1.1": (30, ["60", "En etapa de diseño de las encuestas"]),
    "1.2": (None, ["En etapa de diseño del programa"]),
    "1.3": (100, ["100", "100"]),
    "1.4": (100, ["100"]),
    "1.5": (23, ["35", "10", "100", "En etapa de diseño de las mesas"]),
    "2.1": (35, ["30", "37"]),
    "3.1": (34, ["34", "34"]),
    "3.2": (61, ["100*", "50", "33"]),
    "3.3": (100, ["100*", "100", "100"]),
    "4.1": (33, ["33*", "33", "34*"]),
    "5.1": (42, ["25", "20", "70", "70*"]),
    "6.1": (30, ["30", "30", "30"]),
    "7.1": (56, ["45*", "43*", "80"]),
}
AXES = [51, 35, 65, 33, 42, 30, 56]

# Plan de Acción Local 2019-2021: commitments of each axis, actions of each commitment.
FIRST_PLAN = {"1": [1], "2": [2], "3": [2], "4": [2], "5": [1], "6": [1], "7": [3, 10, 2, 3, 3]}


def commitments(name: str) -> list[dict[str, Any]]:
    return [commitment for axis in read_content(name)["axis"] for commitment in axis["commitment"]]


def printed(action: dict[str, Any]) -> str:
    figure = action["stage"] if "stage" in action else str(action["percent"])
    return figure + ("*" if action.get("star") else "")


def entries(name: str, key: str) -> Iterator[Any]:
    """Yield every value under ``key`` in a content file."""

    def walk(node: Any) -> Iterator[Any]:
        if isinstance(node, dict):
            for name_, value in node.items():
                if name_ == key:
                    yield value
                yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)

    yield from walk(read_content(name))


def test_first_partial_report_matches_figure_by_figure():
    found = {
        one["code"]: (one.get("declared"), [printed(action) for action in one["action"]])
        for one in commitments("plan-2022-2024")
    }

    assert found == REPORT
    assert sum(len(actions) for _declared, actions in found.values()) == 33
    assert [axis["declared"] for axis in read_content("plan-2022-2024")["axis"]] == AXES
    assert read_content("plan-2022-2024")["plan"]["declared"] == 42
    assert read_content("plan-2022-2024")["report"]["remaining"] == 58


def test_note_exists_exactly_where_figures_differ():
    with_note = {one["code"] for one in commitments("plan-2022-2024") if one.get("differs")}

    assert with_note == {"1.5", "2.1", "5.1"}


def test_evidence_matches_the_report():
    shown = {
        one["code"]: [proof.get("url") for proof in one.get("evidence", [])]
        for one in commitments("plan-2022-2024")
    }

    assert {code for code, proofs in shown.items() if not proofs} == {"1.1", "2.1", "3.1", "4.1", "5.1"}
    assert shown["1.5"] == [None]
    assert shown["7.1"] == ["https://www.gobiernoabiertocto.org.mx/municipios2/mapa.html", None]


def test_the_first_plan_has_seven_axes_and_eleven_commitments_without_figures():
    found = {
        str(axis["number"]): [len(one["action"]) for one in axis["commitment"]]
        for axis in read_content("plan-2019-2021")["axis"]
    }

    assert found == FIRST_PLAN
    assert not any("percent" in action for one in commitments("plan-2019-2021") for action in one["action"])
    assert "declared" not in read_content("plan-2019-2021")["plan"]


def test_only_one_printed_target_is_unknown_and_has_a_note():
    unknown = {
        (one["code"], code)
        for one in commitments("plan-2019-2021")
        for code in one["sdg"]
        if normalise_code(code) is None
    }

    assert unknown == {("4.1", "216.6")}
    assert {one["code"] for one in commitments("plan-2019-2021") if "sdg_note" in one} == {
        "1.1",
        "2.1",
        "4.1",
        "6.1",
    }


def test_work_plan_has_no_figures():
    axes = read_content("work-plan")["axis"]

    assert [len(axis["line"]) for axis in axes] == [5, 5, 5, 7]
    assert [axis["letter"] for axis in axes if "expected_effect" in axis] == ["C", "D"]
    assert not set(read_content("work-plan")["plan"]) & {"period_start", "period_end", "declared"}


def test_municipality_populations_add_up_to_the_state():
    rows = read_content("municipalities")["municipality"]

    assert [row["code"] for row in rows] == [str(code) for code in range(11001, 11047)]
    assert sum(row["population"] for row in rows) == 6_166_934
    assert len({(row["column"], row["row"]) for row in rows}) == 46
    assert {row["name"] for row in rows if "external_site_url" in row} == {
        "San Francisco del Rincón",
        "Tarimoro",
        "Apaseo el Grande",
        "Apaseo el Alto",
        "Manuel Doblado",
        "León",
    }


def test_survey_matches_and_mismatches_have_notes():
    consultation, survey = read_content("participation")["consultation"]

    assert sum(share for _answer, share in consultation["answers"]) == 100
    assert survey["people_total"] == 229
    assert survey["people_women"] + survey["people_men"] == 222
    assert "no explica las siete que faltan" in survey["results_note"]


def test_both_lists_of_steps_are_rows_of_the_registry_and_not_prose():
    lists = {entry["key"]: len(entry["step"]) for entry in read_content("steps")["list"]}
    page = next(page for page in read_content("pages")["page"] if page["slug"] == "municipios-abiertos")

    assert lists == {"seis-pasos": 6, "trece-pasos": 13}
    assert not any("steps" in section or "table" in section for section in page["section"])
    assert {"municipios", "buenas-practicas"} <= linked_slugs(page["section"])


def test_the_lists_that_people_look_for_lead_to_the_bank_of_good_practices():
    lists = [read_content("participation")["index"], read_content("microsites")["index"]]

    assert ["buenas-practicas" in linked_slugs([entry]) for entry in lists] == [True, True]


@pytest.mark.parametrize("name", sorted(path.stem for path in CONTENT.glob("*.toml")))
def test_keys_in_files_exist(name):
    institutions, people = set(read_content("institutions")), set(read_content("people"))

    assert {one for one in entries(name, "institution") if isinstance(one, str)} <= institutions
    assert {one for one in entries(name, "successor") if isinstance(one, str)} <= institutions
    for role in ("person", "holder", "deputy", "facilitator"):
        assert {one for one in entries(name, role) if isinstance(one, str)} <= people


def test_every_person_has_a_source_document():
    named = {
        one
        for name in ("plan-2022-2024", "plan-2019-2021", "declaration", "secretariat")
        for role in ("person", "holder", "deputy", "facilitator")
        for one in entries(name, role)
    }

    assert set(read_content("people")) == named


def test_page_links_have_targets():
    slugs = {slug for path in CONTENT.glob("*.toml") for slug in entries(path.stem, "slug")}
    linked = set().union(*(linked_slugs(page["section"]) for page in read_content("pages")["page"]))
    linked |= linked_slugs([read_content("participation")["index"], read_content("microsites")["index"]])

    assert linked <= slugs
    assert read_content("home")["current_plan"] in slugs


def test_only_the_contacts_of_offices_have_contact_data():
    files = [path for path in CONTENT.glob("*.toml") if path.stem != "contacts"]
    written = "".join(path.read_text(encoding="utf-8") for path in files)

    assert "@" not in written
    assert "ext." not in written


@pytest.mark.parametrize("name", ["plan-2022-2024", "plan-2019-2021", "work-plan", "pages", "declaration"])
def test_texts_fit_their_fields(name):
    assert max((len(text) for text in entries(name, "summary")), default=0) <= 300
    assert max((len(text) for text in entries(name, "sdg_note")), default=0) <= 250


@pytest.mark.parametrize("name", ["plan-2022-2024", "plan-2019-2021"])
def test_commitments_have_a_short_title_beside_their_official_name(name):
    for one in commitments(name):
        assert len(one["title"]) <= 60, one["code"]
        assert one["official_name"], one["code"]


def test_synonyms_are_unique_and_differ_from_terms():
    terms = read_content("glossary")["term"]
    names = [entry["term"].lower() for entry in terms]

    assert len(names) == len(set(names))
    for entry in terms:
        lay = [word.lower() for word in entry.get("lay", [])]
        assert entry["term"].lower() not in lay
        assert len(lay) == len(set(lay)), entry["term"]
        assert lay or entry.get("definition"), entry["term"]


def test_no_honorific_is_shown_for_a_year_whose_document_prints_none():
    people = read_content("people")
    members = [
        seat[role]
        for secretariat in read_content("secretariat")["secretariat"]
        if secretariat["key"] == "stl-2018"
        for seat in secretariat["seat"]
        for role in ("holder", "deputy", "facilitator")
        if role in seat
    ]
    parties = [name for name in entries("plan-2019-2021", "person") if isinstance(name, str)]

    assert len(members) > 15
    assert [name for name in [*members, *parties] if people[name]["honorific"]] == []


def test_the_first_secretariat_has_the_name_that_its_document_prints():
    first = read_content("secretariat")["secretariat"][0]

    assert first["name"].endswith("de Gobierno Abierto para el Estado de Guanajuato")


def test_the_work_plan_is_a_proposal_to_the_whole_country():
    plan = read_content("work-plan")["plan"]

    assert (plan["level"], plan["status"]) == ("national", "proposal")


def test_every_fact_of_the_presentation_of_municipalities_is_in_the_content():
    document = (ROOT / "docs/municipalities-source.md").read_text(encoding="utf-8")
    facts = re.findall(r"\| \*(\w+\.toml)\*: (.+) \|$", document, re.MULTILINE)

    assert len(facts) > 50
    assert [fact for fact in facts if fact[1] not in (CONTENT / fact[0]).read_text(encoding="utf-8")] == []
