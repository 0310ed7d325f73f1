"""The comparison for reviewers: figures, blocks, texts and rows matched by their keys."""

import datetime
import json
import re
import uuid
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from abierto.approval.review.comparison import compare_versions
from abierto.media.models import PortalDocument
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from pages.standard.models import StandardPage
from pages.updates.models import ProgressUpdatePage
from tests import factories
from tests.abierto.media.uploads import PDF
from tests.factories import CommitmentPageFactory, ProgressUpdatePageFactory, published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PROOF = {
    "title": "Acta",
    "kind": "link",
    "url": "https://example.org/acta",
    "description": "Se firmó el acta de la sesión.",
}


def plain_text_of(side):
    """Return the text of a side without its marks."""
    return None if side is None else strip_tags(side.html)


def marked(side, tag):
    """Return the marked words of a side."""
    return re.findall(rf"<{tag}[^>]*>([^<]*)</{tag}>", side.html)


def flat_changes(old, new):
    """Return every change as (group, field, before, after)."""
    return [
        (group.title, change.label, plain_text_of(change.before), plain_text_of(change.after))
        for group in compare_versions(old, new).changed
        for change in group.changes
    ]


@built_once
def publish_update():
    """Publish a commitment and an update of it."""
    commitment = published(CommitmentPageFactory(actions=2))
    rows = {1: 30, 2: "En diseño"}
    return commitment, published(ProgressUpdatePageFactory(parent=commitment, rows=rows, declared=20))


@pytest.fixture
def pair():
    return publish_update()


@pytest.fixture
def commitment(pair):
    return pair[0]


@pytest.fixture
def live(pair):
    return pair[1]


def draft_of(page):
    return type(page).objects.get(pk=page.pk).latest_revision.as_object()


def a_document(title):
    file = ContentFile(PDF, name="acta.pdf")
    return PortalDocument.objects.create(title=title, file=file, file_size=file.size)


def evidence(*blocks):
    return [{"type": "evidence", "id": key, "value": value} for key, value in blocks]


def stream_of(page, blocks):
    """Return the update's own evidence with these blocks."""
    page.evidence = ProgressUpdatePage._meta.get_field("evidence").to_python(blocks)
    return page


def with_stored(page, blocks):
    """Return the update with these blocks as they are stored, unknown keys included."""
    return page.with_content_json(page.serializable_data() | {"evidence": json.dumps(blocks)})


class TestFigures:
    def test_a_figure_is_shown_before_and_after_with_its_action(self, live):
        draft = draft_of(live)
        first, second = draft.rows.all()
        first.percent = Decimal("45.50")
        second.percent, second.stage = Decimal(0), ""
        draft.rows = [first, second]

        names = list(draft.names_for_review().values())
        assert flat_changes(live, draft) == [
            (names[0], "Avance", "30\xa0%", "45.5\xa0%"),
            (names[1], "Avance", "En diseño", "0\xa0%"),
        ]
        assert names[0].startswith("Acción 1")
        assert all(change.is_figure for change in compare_versions(live, draft).fields)

    def test_the_same_figure_in_another_format_is_no_change(self, live):
        draft = draft_of(live)
        draft.declared = Decimal("20.0")

        assert flat_changes(live, draft) == []

    def test_a_removed_figure_is_shown_as_missing(self, live):
        draft = draft_of(live)
        draft.declared = None

        assert flat_changes(live, draft) == [
            ("Datos generales", "Avance declarado del compromiso", "20\xa0%", "sin dato")
        ]

    def test_rows_are_matched_by_action_and_not_by_position(self, live):
        draft = draft_of(live)
        first, second = draft.rows.all()
        first.pk = second.pk = None
        first.sort_order, second.sort_order = 2, 1
        draft.rows = [second, first]

        groups = compare_versions(live, draft).changed
        assert [change for group in groups for change in group.changes] == []
        assert {group.status_label for group in groups} == {"Cambia de lugar"}

    def test_a_row_with_a_new_key_is_shown(self, live):
        draft = draft_of(live)
        first, second = draft.rows.all()
        first.translation_key = uuid.uuid4()
        draft.rows = [first, second]

        (change,) = compare_versions(live, draft).fields
        assert change.is_minor
        assert plain_text_of(change.after) == str(first.translation_key)

    def test_rows_with_the_same_key_are_both_shown(self, live):
        draft = draft_of(live)
        first, second = draft.rows.all()
        second.action_key = first.action_key
        draft.rows = [first, second]

        assert [group.status for group in compare_versions(live, draft).changed] == ["added", "removed"]

    def test_a_first_version_is_compared_with_the_last_figures_before_its_period(self, live):
        period = {"period_start": datetime.date(2023, 12, 1), "period_end": datetime.date(2023, 12, 31)}
        parent = live.get_parent().specific
        draft = ProgressUpdatePageFactory(parent=parent, rows={1: 30, 2: 5}, declared=25, **period)

        figures = [change for change in compare_versions(None, draft).fields if change.is_figure]
        assert [
            (change.label, plain_text_of(change.before), plain_text_of(change.after)) for change in figures
        ] == [
            ("Avance declarado del compromiso", "20\xa0%", "25\xa0%"),
            ("Avance", "En diseño", "5\xa0%"),
        ]

    def test_an_earlier_period_is_not_compared_with_a_later_one(self, live):
        period = {"period_start": datetime.date(2023, 1, 1), "period_end": datetime.date(2023, 1, 31)}
        draft = ProgressUpdatePageFactory(parent=live.get_parent().specific, rows={1: 10}, **period)

        figure = next(change for change in compare_versions(None, draft).fields if change.label == "Avance")
        assert (figure.before, plain_text_of(figure.after)) == (None, "10\xa0%")

    def test_dates_are_written_in_full(self, live):
        draft = draft_of(live)
        draft.period_end = datetime.date(2024, 3, 31)

        assert flat_changes(live, draft)[0][3] == "31 de marzo de 2024"


class TestBlocks:
    def test_added_removed_and_changed_blocks_are_shown(self, live):
        old = stream_of(draft_of(live), evidence(("a", PROOF), ("b", PROOF | {"title": "Foto"})))
        changed = PROOF | {"description": "Se firmó el acta de la tercera sesión."}
        new = stream_of(draft_of(live), evidence(("a", changed), ("c", PROOF | {"title": "Minuta"})))

        (change,) = compare_versions(old, new).fields
        changes = [(block.status, block.title, block.path) for block in change.blocks]
        assert changes == [
            ("", "Evidencia", "evidence.a"),
            ("removed", "Evidencia", ""),
            ("added", "Evidencia", "evidence.c"),
        ]
        (inside,) = change.blocks[0].changes
        assert inside.path == "evidence.a.description"
        assert [words.strip() for words in marked(inside.after, "ins")] == ["tercera"]
        assert marked(inside.before, "del") == []

    @pytest.mark.parametrize(("old", "new"), [(True, 1), (1, 1.0), ("", None), (False, 0)])
    def test_equal_values_that_are_stored_otherwise_are_shown(self, live, old, new):
        versions = (with_stored(live, evidence(("a", PROOF | {"title": title}))) for title in (old, new))

        (change,) = compare_versions(*versions).fields

        assert len(change.blocks[0].changes) == 1

    def test_a_block_of_another_type_under_the_same_id_is_removed_and_added(self):
        page = factories.StandardPageFactory.build(title="Pública")
        words = "Se abrió el portal."
        paragraph = {"type": "paragraph", "id": "a", "value": f"<p>{words}</p>"}
        as_list = paragraph | {"type": "list", "value": [{"type": "item", "value": words, "id": "i"}]}
        old, new = (
            page.with_content_json(page.serializable_data() | {"body": json.dumps([block])})
            for block in (paragraph, as_list)
        )

        (change,) = compare_versions(old, new).fields

        assert {(block.status, block.title) for block in change.blocks} == {
            ("removed", "Párrafo"),
            ("added", "Lista"),
        }

    def test_a_moved_block_is_shown_as_moved(self, live):
        three = [("a", PROOF), ("b", PROOF | {"title": "Foto"}), ("c", PROOF | {"title": "Minuta"})]
        old = stream_of(draft_of(live), evidence(*three))
        new = stream_of(draft_of(live), evidence(three[2], three[0], three[1]))

        (change,) = compare_versions(old, new).fields
        assert [(block.moved, block.is_same) for block in change.blocks] == [
            (True, False),
            (False, True),
            (False, True),
        ]

    @pytest.mark.parametrize(("name", "label"), [("url", "Dirección"), ("oculto", "oculto")])
    @pytest.mark.parametrize("is_added", [True, False])
    def test_a_stored_field_that_one_version_lacks_is_shown_beside_another_change(
        self, live, name, label, is_added
    ):
        without = {key: value for key, value in PROOF.items() if key != "url"}
        first, second = without, without | {"title": "Minuta", name: "https://example.org/otra"}
        old, new = (first, second) if is_added else (second, first)

        (change,) = compare_versions(
            with_stored(live, evidence(("a", old))), with_stored(live, evidence(("a", new)))
        ).fields

        assert {inside.label for inside in change.blocks[0].changes} == {"Título", label}

    def test_a_url_is_shown_whole_and_a_choice_by_its_label(self, live):
        new = stream_of(draft_of(live), evidence(("a", PROOF)))

        (change,) = compare_versions(live, new).fields
        leaves = {leaf.label: leaf.after for leaf in change.blocks[0].changes}
        assert leaves["Dirección"].attachments[0].url == "https://example.org/acta"
        assert "https://example.org/acta" in leaves["Dirección"].html
        assert plain_text_of(leaves["Tipo"]) == "Enlace"

    def test_a_document_is_shown_with_its_kind_and_size(self, live):
        document = a_document("Acta firmada")
        proof = PROOF | {"kind": "document", "document": document.pk}
        new = stream_of(draft_of(live), evidence(("a", proof)))

        (change,) = compare_versions(live, new).fields
        files = [file for leaf in change.blocks[0].changes for file in leaf.after.attachments]
        file = next(attachment for attachment in files if attachment.title == "Acta firmada")
        assert file.facts.startswith("PDF, ")
        assert file.url == document.url

    def test_the_number_of_rows_adds_no_queries(self, commitment):
        def cost(page):
            row_count = page.rows.count()
            draft = draft_of(page)
            rows = list(draft.rows.all())
            for row in rows:
                row.percent = Decimal(99)
            draft.rows = rows
            stored = type(page).objects.get(pk=page.pk)
            with CaptureQueriesContext(connection) as queries:
                groups = compare_versions(stored, draft).changed
            assert len(groups) == row_count
            return len(queries)

        document = a_document("Acta")
        small, large = (
            published(CommitmentPageFactory(actions=2)),
            published(CommitmentPageFactory(actions=9)),
        )
        pages = []
        for parent, number in ((small, 2), (large, 9)):
            page = ProgressUpdatePageFactory(parent=parent, rows=dict.fromkeys(range(1, number + 1), 10))
            rows = list(page.rows.all())
            for row in rows:
                row.evidence = [("evidence", {"title": "Acta", "kind": "document", "document": document})]
            page.rows = rows
            pages.append(published(page))

        assert cost(pages[0]) == cost(pages[1]) <= 16


class TestText:
    def test_rich_text_is_shown_as_text_with_link_targets(self, live):
        old, new = draft_of(live), draft_of(live)
        old.narrative = '<p>Se abrió <a href="https://a.example/">el portal</a>.</p>'
        new.narrative = '<p>Se abrió <a href="https://b.example/">el portal</a>.</p>'

        ((_group, label, before, after),) = flat_changes(old, new)
        assert label == "Qué se hizo"
        assert before == "Se abrió el portal (https://a.example/)."
        assert after == "Se abrió el portal (https://b.example/)."

    def test_a_change_of_formats_only_is_shown(self, live):
        old, new = draft_of(live), draft_of(live)
        old.narrative, new.narrative = "<p>Se abrió</p>", "<p><b>Se abrió</b></p>"

        (change,) = compare_versions(old, new).fields
        assert change.note == "Cambia el formato, no las palabras."

    def test_submitted_text_is_escaped(self, live):
        draft = draft_of(live)
        draft.title = "<script>alert(1)</script>"

        assert "&lt;script&gt;" in compare_versions(live, draft).fields[0].after.html

    def test_unchanged_content_is_collapsed(self, live):
        comparison = compare_versions(live, draft_of(live))

        assert comparison.changed == []
        assert any(part.text == "20\xa0%" for group in comparison.same for part in group.same)


class TestRows:
    def test_added_and_removed_actions_are_shown(self, commitment):
        draft = draft_of(commitment)
        first, second = draft.actions.all()
        draft.actions = [first, CommitmentAction(number=3, title="Medir")]

        statuses = {group.title: group.status_label for group in compare_versions(commitment, draft).changed}
        assert statuses == {"Acción: 3. Medir": "Nuevo", f"Acción: 2. {second.title}": "Se quita"}

    def test_a_page_without_rows(self):
        live = published(factories.StandardPageFactory(title="Qué es"))
        draft = StandardPage.objects.get(pk=live.pk).latest_revision.as_object()
        draft.title = "Qué es esto"

        assert flat_changes(live, draft) == [("Datos generales", "Título", "Qué es", "Qué es esto")]

    def test_the_number_of_parties_adds_no_queries(self):
        def cost(parties):
            page = CommitmentPageFactory(actions=1)
            for _number in range(parties):
                factories.CommitmentPartyFactory(page=page)
            page = published(CommitmentPage.objects.get(pk=page.pk))
            draft = draft_of(page)
            for party in draft.parties.all():
                party.post = "Dirección general"
            stored = CommitmentPage.objects.get(pk=page.pk)
            with CaptureQueriesContext(connection) as queries:
                assert len(compare_versions(stored, draft).changed) == parties
            return len(queries)

        assert cost(2) == cost(6)

    def test_few_replaced_words_are_marked_as_a_whole(self, live):
        draft = draft_of(live)
        draft.title, live.title = "Encuestas y reportes cada mes", "Encuestas y reportes"
        (close,) = compare_versions(live, draft).fields
        draft.title = "Bolsa de trabajo"
        (other,) = compare_versions(live, draft).fields

        assert [words.strip() for words in marked(close.after, "ins")] == ["cada mes"]
        assert marked(other.after, "ins") == ["Bolsa de trabajo"]
