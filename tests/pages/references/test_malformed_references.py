"""Malformed stored references: public pages, editor, history, review, search and downloads still respond."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text import expand_db_html
from wagtail_localize.models import OverridableSegment, SegmentOverride, TranslationSource

from abierto.approval.errors import ReferencesRefused
from abierto.approval.ledger.imports import imported
from abierto.operations.integrity import run_checks
from pages.history.redaction import public_content
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import fresh
from tests.language.translating import english
from tests.pages.references.reference_points import MALFORMED, NAMES_NOTHING
from tests.pages.references.test_foreign_references import build_evidence, write_raw

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]

JUNK = ("x", 5, None, [[1]], {"a": {"b": 1}})


def iter_malformed(raw):
    """Yield the raw stream with each inner value replaced by junk in turn."""
    if isinstance(raw, dict):
        for name, value in raw.items():
            for junk in JUNK:
                yield {**raw, name: junk}
            yield from ({**raw, name: inner} for inner in iter_malformed(value))
    elif isinstance(raw, list):
        for place, value in enumerate(raw):
            yield from ([*raw[:place], inner, *raw[place + 1 :]] for inner in iter_malformed(value))


SOUND = [
    {"type": "paragraph", "id": "1", "value": "<p>Sigue legible</p>"},
    {"type": "list", "id": "2", "value": {"kind": "bullets", "entries": [
        {"type": "item", "id": "3", "value": "<p>Uno</p>"}]}},
    {"type": "notice", "id": "4", "value": {"kind": "info", "title": "", "text": "<p>Aviso</p>"}},
    {"type": "image", "id": "5", "value": {"image": {"image": 1, "decorative": False, "alt_text": "x"},
                                           "caption": "", "credit": ""}},
    {"type": "document", "id": "6", "value": {"document": 1, "title": "", "text": ""}},
    {"type": "video", "id": "7", "value": {"title": "V", "url": "https://example.org/", "duration": "",
                                           "transcript": "<p>T</p>"}},
    {"type": "table", "id": "8", "value": {"table": {"columns": [{"type": "text", "heading": "H"},
                                                                 {"type": "number", "heading": "N"}],
                                                     "rows": [{"values": ["a", "1"]}], "caption": "C"},
                                           "source": "S", "date": "2023-01-01", "note": ""}},
    {"type": "key_figure", "id": "9", "value": {"figure": "1", "unit": "", "label": "L", "source": "S",
                                                "date": "2023-01-01", "note": ""}},
    {"type": "timeline", "id": "10", "value": {"title": "T", "entries": [
        {"type": "item", "id": "11", "value": {
        "date": "2023-01-01", "when": "", "title": "t", "text": "<p>x</p>", "done": True}}]}},
    {"type": "links", "id": "12", "value": {"cards": [{"type": "item", "id": "13", "value": {
        "page": 1, "url": "", "title": "t", "text": ""}}]}},
    {"type": "commitments", "id": "14", "value": {"title": "", "commitments": [
        {"type": "item", "id": "15", "value": 1}]}},
    {"type": "people", "id": "16", "value": {"title": "P", "people": [{"type": "item", "id": "17", "value": {
        "name": "N", "post": "", "institution": ""}}]}},
    {"type": "accordion", "id": "18", "value": {"entries": [{"type": "item", "id": "19", "value": {
        "summary": "S", "text": "<p>x</p>"}}]}},
    {"type": "heading", "id": "20", "value": {"text": "T", "level": "2", "anchor": ""}},
    {"type": "quote", "id": "21", "value": {"text": "T", "author": "A", "source": ""}},
]  # fmt: skip


def test_a_malformed_body_is_rendered_indexed_and_opened_in_the_editor(world):
    block = StandardPage._meta.get_field("body").stream_block
    assert {item["type"] for item in SOUND} == set(block.child_blocks)
    page = factories.published(factories.StandardPageFactory())

    for item in SOUND:
        for broken in iter_malformed([item]):
            value = StandardPage._meta.get_field("body").to_python(json.dumps(broken))
            block.render(value, {"page": page, "request": None})
            block.get_searchable_content(value)
            block.get_prep_value(value)
            public_content(StandardPage, {"pk": page.pk, "body": json.dumps(broken)}, lambda *_: True)


def test_malformed_rich_text_shows_its_text_without_links():
    for key in (*MALFORMED, NAMES_NOTHING):
        for kind in ("page", "document"):
            html = expand_db_html(f'<p><a linktype="{kind}" id="{key}">clic aquí</a></p>')
            assert html == "<p><a>clic aquí</a></p>"
        assert expand_db_html(f'<p>x<embed embedtype="image" format="left" id="{key}"/></p>') == "<p>x</p>"
    assert expand_db_html('<a linktype="page">clic</a><a linktype="document">x</a>') == "<a>clic</a><a>x</a>"
    assert expand_db_html('<embed embedtype="image" id="1"/><embed embedtype="image"/>') == ""


def list_storable_keys() -> list[object]:
    """Return the malformed keys that the database can store: PostgreSQL refuses NUL."""
    holds_nul = not connection.features.prohibits_null_characters_in_text_exception
    return [key for key in MALFORMED if key != "\x00" or holds_nul]


def test_the_editor_opens_broken_rich_text(world, editor, own):
    html = "".join(
        f'<p><a linktype="{kind}" id="{key}">clic</a></p>'
        for kind in ("page", "document")
        for key in list_storable_keys()
    )
    write_raw(
        own.draft, narrative=html, evidence=json.dumps([{"type": "evidence", "value": {"document": "abc"}}])
    )

    assert editor.get(reverse("wagtailadmin_pages:edit", args=[own.draft.pk])).status_code == 200
    assert editor.get(reverse("wagtailadmin_pages:view_draft", args=[own.draft.pk])).status_code == 200


BROKEN_BODY = json.dumps(
    [
        {
            "type": "image",
            "id": "1",
            "value": {"image": {"image": "abc", "alt_text": "", "decorative": True}},
        },
        {"type": "document", "id": "2", "value": {"document": 1.5}},
        {"type": "links", "id": "3", "value": {"cards": [{"page": 10**30, "url": "", "title": "t"}]}},
        {"type": "commitments", "id": "4", "value": {"commitments": ["abc", [], {}]}},
        {"type": "nada", "id": "5", "value": {}},
        {"type": "paragraph", "id": "6", "value": '<p>Sigue <a linktype="page" id="abc">legible</a></p>'},
    ]
)


class TestLivePage:
    @pytest.fixture
    def page(self, world):
        write_raw(world.north, body=BROKEN_BODY)
        return fresh(world.north)

    def test_every_view_of_a_page_with_broken_references_responds(self, client, world, editor, page):
        shown = client.get(page.url)

        assert shown.status_code == 200
        assert "legible" in shown.content.decode()
        for address in (
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            reverse("wagtailadmin_pages:history", args=[page.pk]),
            reverse("wagtailadmin_pages:usage", args=[page.pk]),
        ):
            assert editor.get(address).status_code == 200, address
        ReferenceIndex.create_or_update_for_object(page)
        call_command("search", "rebuild", verbosity=0)

    def test_integrity_reports_a_broken_reference(self, page):
        found = " ".join(finding.message for finding in run_checks(["references"])["references"])
        unreadable = run_checks(["unreadable"])["unreadable"]

        for key in ("'abc'", "1.5", str(10**30)[:20], "[]", "{}"):
            assert key in found, key
        assert "Cuerpo" in found
        assert len(unreadable) == 1

    def test_a_valid_portal_has_no_findings(self, world, own):
        assert run_checks(["references", "unreadable"]) == {"references": [], "unreadable": []}

    def test_an_invalid_stream_is_reported(self, client, world):
        for raw in ('"no es una lista"', "5", '{"a": 1}', "[1, null]"):
            write_raw(world.north, body=raw)

            assert client.get(world.north.url).status_code == 200
            assert run_checks(["unreadable"])["unreadable"], raw

    def test_a_file_of_another_space_is_reported(self, world, own, foreign):
        page = factories.published(own.draft.specific)
        write_raw(page, evidence=build_evidence(foreign.document))

        assert len(run_checks(["references"])["references"]) == 1

    def test_a_link_to_a_withdrawn_page_is_not_reported(self, world, own):
        own.draft.narrative = f'<p><a linktype="page" id="{world.south.pk}">clic</a></p>'
        factories.published(own.draft)
        with imported("Se retira"):
            Page.objects.get(pk=world.south.pk).specific.unpublish()

        assert run_checks(["references"])["references"] == []


class TestTranslation:
    def test_an_override_is_checked_against_the_space(self, world, own, foreign):
        world.north.body = json.dumps(
            [
                {
                    "type": "document",
                    "id": "d",
                    "value": {"document": own.document.pk, "title": "Acta", "text": "Lo acordado"},
                }
            ]
        )
        page = factories.published(world.north)
        source, _created = TranslationSource.update_or_create_from_instance(page)
        segment = OverridableSegment.objects.get(source=source, data_json=str(own.document.pk))
        locale = english()

        for value in (
            foreign.document.pk,
            str(foreign.document.pk),
            "abc",
            10**30,
            NAMES_NOTHING,
            "",
            [],
            True,
        ):
            with pytest.raises(ReferencesRefused, match="apunta a un documento"):
                SegmentOverride.objects.create(
                    locale=locale,
                    context=segment.context,
                    data_json=json.dumps(value),
                    last_translated_by=world.north_editor,
                )
        SegmentOverride.objects.create(
            locale=locale, context=segment.context, data_json=json.dumps(str(own.document.pk))
        )

    def test_an_override_of_a_removed_source_reference_is_checked(self, world, own):
        value = {"document": own.document.pk, "title": "Acta", "text": "Lo acordado"}
        world.north.body = json.dumps([{"type": "document", "id": "d", "value": value}])
        source, _created = TranslationSource.update_or_create_from_instance(factories.published(world.north))
        segments = OverridableSegment.objects.filter(source=source, data_json=str(own.document.pk))
        context = segments.get().context
        segments.update(data_json=str(NAMES_NOTHING))

        with pytest.raises(ReferencesRefused, match="ya no existe"):
            SegmentOverride.objects.create(locale=english(), context=context, data_json=json.dumps("abc"))
