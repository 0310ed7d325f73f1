"""The sources of the demo: each date, party, cadence and status names its document and the place in it.

A ``source`` of a table, or ``sources.<key>`` of one of its facts, reads «document: place | place»: the key of
``documents.toml`` and words of that document, in their order there.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from abierto.demo.loader.content import CONTENT, read_content

#: The texts of the documents, where a folder «shared/seeds» is beside this project or above it.
SEEDS = next(
    (path for above in Path(__file__).parents if (path := above / "shared" / "seeds").is_dir()), None
)
DOCUMENTS = read_content("documents")
FILES = sorted(path.stem for path in CONTENT.glob("*.toml") if path.stem not in ("documents", "glossary"))

FACTS = frozenset({"status", "cadence", "cadence_months", "last_year", "person", "holder", "facilitator"})
MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)  # fmt: skip
DATE_IN_WORDS = re.compile(rf"\b(?:{MONTHS}) de (?:19|20)\d\d", re.IGNORECASE)
#: Sentences that repeat the typed dates of their own file.
REPEATING = frozenset(
    {"summary", "intro", "source_note", "target_text", "members_source", "caption", "source"}
)


def tables(node: Any, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every table with its path; ``sources`` contains no facts."""
    if isinstance(node, dict):
        yield name, node
        for key, value in node.items():
            if key != "sources":
                yield from tables(value, f"{name}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from tables(value, f"{name}[{number}]")


def states_a_date(key: str, value: Any) -> bool:
    if isinstance(value, datetime.date):
        return True
    texts = value if isinstance(value, list) else [value]
    words = [text for text in texts if isinstance(text, str)]
    rows = [cell for text in texts if isinstance(text, list) for cell in text]
    return key not in REPEATING and any(DATE_IN_WORDS.search(str(text)) for text in [*words, *rows])


def facts_without_source(content: dict[str, Any], name: str) -> list[str]:
    """Return the facts that neither their table nor ``sources`` gives a source for."""
    found = []
    for path, table in tables(content, name):
        for key, value in table.items():
            is_fact = key in FACTS or states_a_date(key, value)
            if is_fact and "source" not in table and key not in table.get("sources", {}):
                found.append(f"{path}.{key}")
    return found


def sources(name: str) -> list[str]:
    """Return the sources of a content file; the source of a table shown on a page is a sentence."""
    return [
        source
        for _path, table in tables(read_content(name), name)
        for source in [*table.get("sources", {}).values(), *([table["source"]] if "source" in table else [])]
        if "head" not in table
    ]


@pytest.mark.parametrize("name", FILES)
def test_every_fact_names_its_source(name):
    assert facts_without_source(read_content(name), name) == []


@pytest.mark.parametrize(
    "fact",
    [
        {"start": datetime.date(2019, 7, 1)},
        {"person": "alguien"},
        {"cadence": "monthly"},
        {"status": "ended"},
        {"text": "Se firmó en julio de 2019."},
        {"rows": [["22 de junio de 2017", "Se firma."]]},
    ],
)
def test_a_fact_without_source_is_found(fact):
    (key,) = fact

    assert facts_without_source({"axis": [fact]}, "plan") == [f"plan.axis[0].{key}"]
    assert facts_without_source({"axis": [fact | {"source": "portal: aquí"}]}, "plan") == []
    assert facts_without_source({"axis": [fact | {"sources": {key: "portal: aquí"}}]}, "plan") == []


@pytest.mark.parametrize("name", FILES)
def test_every_source_names_a_document_and_a_place(name):
    for source in sources(name):
        document, _colon, place = source.partition(": ")
        assert document in DOCUMENTS, source
        assert place.strip(), source


def plain(text: str) -> str:
    """Return words alone, so that line breaks, accents and marks of the text do not matter."""
    letters = unicodedata.normalize("NFD", text.lower())
    text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"\b(de|del)\s+(?=20\d\d)", "", re.sub(r"[^\w.]+", " ", text)).split())


@pytest.mark.skipif(SEEDS is None, reason="The source documents are not here.")
@pytest.mark.parametrize("name", FILES)
def test_the_places_are_in_the_documents_in_their_order(name):
    texts = {
        key: plain(next(SEEDS.glob(f"{document['file']}_*")).read_text(encoding="utf-8"))
        for key, document in DOCUMENTS.items()
        if "file" in document
    }
    missing = []
    for source in sources(name):
        document, _colon, place = source.partition(": ")
        position = 0
        for words in place.split(" | ") if document in texts else ():
            position = texts[document].find(plain(words), position)
            if position < 0:
                missing.append(f"{source}  ({words})")
                break
    assert missing == []


def test_an_assumption_is_marked_as_one():
    plan = read_content("plan-2022-2024")["plan"]

    assert plan["is_start_assumed"]
    assert plan["sources"]["period_start"].startswith("portal: ")


def test_the_current_plan_has_cocreating_parties_only():
    parties = [
        party
        for axis in read_content("plan-2022-2024")["axis"]
        for commitment in axis["commitment"]
        for party in commitment["party"]
    ]

    assert {party["role"] for party in parties} == {"cocreating"}


def test_cadence_is_stated_only_where_the_sheet_does():
    stated = [
        (commitment["code"], means["cadence"])
        for axis in read_content("plan-2019-2021")["axis"]
        for commitment in axis["commitment"]
        for means in commitment.get("own_means", [])
        if "cadence" in means
    ]

    assert stated == [("2.1", "monthly"), ("3.1", "monthly"), ("3.1", "semiannual")]


def test_the_declaration_has_its_fourteen_purposes():
    (purposes,) = [section["list"] for section in read_content("declaration")["section"] if "list" in section]

    assert [purpose[:2] for purpose in purposes] == [f"{letter})" for letter in "abcdefghijklmn"]


def test_codes_that_no_document_prints_are_marked():
    def marked(name: str) -> list[str]:
        axes = read_content(name)["axis"]
        return [one["code"] for axis in axes for one in axis["commitment"] if one.get("code_is_ours")]

    assert marked("plan-2022-2024") == ["3.1"]
    assert len(marked("plan-2019-2021")) == 11
