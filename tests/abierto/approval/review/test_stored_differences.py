"""Every difference of stored values is shown, also of values that look equal and beside other changes."""

import json

import pytest

from abierto.approval.review import fields
from abierto.approval.review.comparison import compare_versions
from abierto.approval.review.version_pair import VersionPair
from pages.plans.commitments import CommitmentPage
from pages.standard.models import StandardPage
from tests import factories

pytestmark = pytest.mark.django_db

PARAGRAPH = {"type": "paragraph", "id": "a", "value": "<p>Se abrió.</p>"}
ITEM = {"type": "item", "id": "i", "value": "Uno"}
LIST = {"type": "list", "id": "a", "value": {"kind": "bullets", "entries": [ITEM]}}
COLUMN = {"type": "text", "heading": "Mes"}
TABLE = {"columns": [COLUMN], "rows": [{"values": ["Enero"]}], "caption": "Meses"}
OTHER = {"type": "paragraph", "id": "b", "value": "<p>Otra cosa.</p>"}


def listed(*items):
    return LIST | {"value": {"kind": "bullets", "entries": list(items)}}


def tabled(**parts):
    return {"type": "table", "id": "a", "value": {"title": "Meses", "table": TABLE | parts}}


def page_with(**stored):
    page = factories.StandardPageFactory.build(title="Pública")
    return page.with_content_json(page.serializable_data() | stored)


def says(block):
    """Check whether a block of a comparison shows that something happened to it."""
    return bool(block.status or block.moved) or any(tells(change) for change in block.changes)


def tells(change):
    if change.blocks:
        return any(says(block) for block in change.blocks)
    return change.before is None or change.after is None or change.before.html != change.after.html


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(PARAGRAPH, PARAGRAPH | {"oculto": "sí"}, id="a key beside the value"),
        pytest.param(PARAGRAPH | {"value": ""}, PARAGRAPH | {"value": None}, id="nothing, as null"),
        pytest.param(listed(ITEM), listed(ITEM | {"oculto": "sí"}), id="a key beside the value of an item"),
        pytest.param(tabled(), tabled(oculto="sí"), id="a key beside the parts of a table"),
        pytest.param(tabled(), tabled(columns=[COLUMN | {"heading": "Año"}]), id="the heading of a column"),
        pytest.param(tabled(), tabled(caption="Años"), id="the caption of a table"),
    ],
)
def test_a_difference_in_a_block_is_shown_beside_another_change(before, after):
    old = page_with(body=json.dumps([before]))
    new = page_with(body=json.dumps([after, OTHER]))

    (change,) = compare_versions(old, new).fields

    assert [block.path for block in change.blocks if says(block)] == ["body.a", "body.b"]


FEBRUARY = [{"values": ["Febrero"]}]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            listed(ITEM, ITEM | {"id": "j", "value": "Dos"}),
            listed(ITEM | {"oculto": "sí"}, ITEM | {"id": "j", "value": "Tres"}),
            id="a key beside the value of an item",
        ),
        pytest.param(tabled(), tabled(oculto="sí", rows=FEBRUARY), id="a key beside the parts of a table"),
        pytest.param(
            tabled(),
            tabled(columns=[COLUMN | {"heading": "Año"}], rows=FEBRUARY),
            id="the heading of a column",
        ),
        pytest.param(tabled(), tabled(caption="Años", rows=FEBRUARY), id="the caption of a table"),
    ],
)
def test_a_difference_in_a_list_or_table_is_shown_beside_another_one_there(before, after):
    old, new = (page_with(body=json.dumps([block])) for block in (before, after))

    (change,) = compare_versions(old, new).fields

    (nested,) = change.blocks[0].changes
    assert [says(part) for part in nested.blocks] == [True, True]


def test_a_second_block_under_one_id_is_shown():
    old = page_with(body=json.dumps([PARAGRAPH]))
    new = page_with(body=json.dumps([PARAGRAPH, PARAGRAPH | {"value": "<p>Gemelo.</p>"}]))

    (change,) = compare_versions(old, new).fields

    assert [block.status for block in change.blocks] == ["", "added"]


def test_a_stream_that_is_stored_otherwise_than_as_a_list_is_shown():
    page = page_with(body=json.dumps([PARAGRAPH]))
    versions = VersionPair(page, page, None, False)
    versions.prefetch_objects()
    stream = StandardPage._meta.get_field("body").stream_block

    groups = versions.blocks.compare_blocks(stream, [PARAGRAPH], PARAGRAPH, "body")

    assert [change.label for group in groups for change in group.changes] == ["Otros cambios"]


def test_a_field_that_no_form_offers_is_shown():
    old, new = (page_with(show_in_menus=shown) for shown in (False, True))

    (change,) = compare_versions(old, new).fields

    assert change.root == "show_in_menus"


def test_rows_that_no_form_offers_are_compared(monkeypatch):
    offered = {relation.name for relation in fields.review_relations(CommitmentPage, (), ())}
    monkeypatch.setattr(fields, "iter_panels", lambda *args: iter(()))

    relations = {relation.name: relation for relation in fields.review_relations(CommitmentPage, (), ())}

    assert "actions" in offered
    assert offered <= relations.keys()
    assert "title" in {one.field.name for one in relations["actions"].fields}


@pytest.mark.parametrize("written", ["Dos\u00a0palabras", "Dos  palabras", "Dos palabras "], ids=ascii)
def test_words_that_look_alike_are_shown_with_what_differs(written):
    old, new = (page_with(title=title) for title in ("Dos palabras", written))

    (change,) = compare_versions(old, new).fields

    assert change.before.html != change.after.html
    assert change.note == "Cambian espacios o signos que no se ven."


def test_values_that_read_alike_are_shown_as_they_are_stored():
    old, new = (
        page_with(body=json.dumps([{"type": "key_figure", "id": "a", "value": {"date": day}}]))
        for day in ("2024-01-02", "20240102")
    )

    (change,) = compare_versions(old, new).fields

    (inside,) = change.blocks[0].changes
    assert inside.before.html != inside.after.html
    assert inside.note == "Se lee igual, pero lo que se guarda es otra cosa."
