"""The rules that validate a version before it is submitted or approved."""

import json
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page

from abierto.approval.errors import InvalidSubmission, InvalidVersion
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.review.validation import check_version, find_problems
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, draft_update, fresh, newsroom
from tests.abierto.approval.review.validating import SOON, rows_of
from tests.factories import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


# --- The figures of an update and of a report ----------------------------------------------------------


def empty_update(room: Newsroom) -> Page:
    """Return an update without any figure."""
    return draft_update(room, rows={1: None, 2: None})


def test_an_update_without_figures_is_refused_with_page_row_and_field(room):
    update = empty_update(room)
    update.save_revision(user=room.editor)

    with pytest.raises(InvalidSubmission) as raised:
        update.get_workflow().start(update, room.editor)

    assert (
        f"«{update.get_admin_display_title()}»: Acción 1. Acción 1 › Porcentaje: Escribe un porcentaje"
        in raised.value.sentence
    )
    assert "Acción 2. Acción 2 › Porcentaje" in raised.value.sentence
    assert str(raised.value.heading) == "No se envió nada"


def test_a_note_of_invisible_characters_is_empty(room):
    update = draft_update(room)
    row = rows_of(update)[0]
    row.percent, row.note = None, "\u200b\u2060 "

    assert [path for path, _message in find_problems(update)] == [f"rows.{row.action_key}.percent"]


def test_an_update_has_exactly_one_row_for_each_action(room):
    update = draft_update(room)
    first, second = rows_of(update)
    second.action_key = first.action_key
    assert [path for path, _m in find_problems(update)] == [f"rows.{first.action_key}.action_key", "__all__"]

    other = factories.CommitmentActionFactory()
    second.action_key = other.translation_key
    assert [path for path, _m in find_problems(update)] == [
        f"rows.{other.translation_key}.action_key",
        "__all__",
    ]


def test_a_differing_declared_figure_needs_a_note(room):
    update = draft_update(room)
    update.declared = Decimal(90)

    assert [path for path, _message in find_problems(update)] == ["declared_note"]
    update.declared_note = "La institución contó de otra manera."
    assert list(find_problems(update)) == []


def test_a_report_needs_its_computed_figures(room):
    plan = room.commitment.get_parent().get_parent().specific
    report = factories.ReportPageFactory(parent=plan, owner=room.editor)
    assert [message for _path, message in find_problems(report)] == [
        "El informe no tiene cifras. Guarda el borrador para proponerlas."
    ]

    report = factories.complete(report)
    assert list(find_problems(report)) == []
    row = next(row for row in rows_of(report) if row.level == "commitment")
    row.computed, row.effective = Decimal(99), Decimal(99)
    assert (f"rows.{row.key}.computed") in [path for path, _message in find_problems(report)]


def test_a_public_report_keeps_its_published_figures(room):
    plan = room.commitment.get_parent().get_parent().specific
    report = published(factories.ReportPageFactory(parent=plan))
    plan = fresh(plan)
    plan.roll_up = "actions"
    published(plan)
    report.intro = "Con una fe de erratas."

    assert list(find_problems(report)) == []


def test_synchronized_fields_of_a_translation_are_not_validated(room):
    """The figures come from the source; the commitment got another action since."""
    update = published(draft_update(room))
    english, _new = Locale.objects.get_or_create(language_code="en")
    translation = update.copy_for_translation(english, copy_parents=True)
    commitment = fresh(room.commitment)
    commitment.actions.add(factories.CommitmentActionFactory.build(page=commitment, number=3))
    published(commitment)

    assert list(find_problems(translation)) == []
    row = rows_of(translation)[0]
    row.percent, row.note = None, ""
    assert [path for path, _message in find_problems(translation)] == [f"rows.{row.action_key}.percent"]


def test_a_translation_without_a_title_is_not_submitted(room):
    page = published(factories.StandardPageFactory(parent=room.home))
    english, _new = Locale.objects.get_or_create(language_code="en")
    translation = page.copy_for_translation(english, copy_parents=True)
    translation.title = ""
    translation.save_revision(user=room.editor, clean=False)

    with pytest.raises(InvalidSubmission, match="Título: "):
        room.space.workflow.start(translation, room.editor)


def test_a_required_list_of_keys_may_not_be_empty(room, monkeypatch):
    page = factories.CommitmentPageFactory(code="1.7")
    monkeypatch.setattr(type(page)._meta.get_field("sdg_targets"), "blank", False)

    assert list(find_problems(page)) == [("sdg_targets", "Falta este dato.")]


# --- Rows and blocks -----------------------------------------------------------------------------------


def test_an_inline_row_is_named_by_its_kind_and_position(room):
    page = factories.CommitmentPageFactory(code="1.7", actions=2)
    rows_of(page, "actions")[1].title = ""

    with pytest.raises(InvalidVersion) as raised:
        check_version(page.save_revision(clean=False))

    assert raised.value.problems == ["Acción 2 › Título: Falta este dato."]


def test_the_blocks_of_a_stream_are_named_by_their_labels(room):
    page = factories.StandardPageFactory(parent=room.home)
    empty = {"text": "", "level": "h2", "anchor": ""}
    page.body = json.dumps([{"type": "heading", "value": empty}])

    problems = list(find_problems(page))

    assert problems[0][0].startswith("body › Título de sección 1 › ")
    assert problems[0][1] == "Falta este dato."


def test_validating_changes_nothing_in_the_version(room):
    page = factories.StandardPageFactory(parent=room.home)
    same = {"text": "Igual", "level": "h2", "anchor": "igual"}
    page.body = json.dumps([{"type": "heading", "value": same}, {"type": "heading", "value": same}])
    before = content_hash(page)

    list(find_problems(page))

    assert content_hash(page) == before


def test_an_inline_row_of_a_revision_validates_its_stream(room):
    page = factories.CommitmentPageFactory(code="1.7", actions=1)
    rows_of(page, "actions")[0].means = json.dumps([{"type": "means", "value": {"text": ""}}])

    with pytest.raises(InvalidVersion) as raised:
        check_version(page.save_revision(clean=False))

    assert "Acción 1 › Medios de verificación prometidos › Prueba prometida 1 › " in raised.value.problems[0]


def test_contradictory_publication_dates_are_refused(room):
    page = factories.StandardPageFactory(parent=room.home)
    page.go_live_at, page.expire_at = timezone.now() + 2 * SOON, timezone.now() + SOON
    assert [path for path, _message in find_problems(page)] == ["go_live_at"]

    page.go_live_at, page.expire_at = None, timezone.now() - SOON
    assert [path for path, _message in find_problems(page)] == ["expire_at"]
