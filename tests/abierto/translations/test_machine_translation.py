"""Machine translation is off; where an installation adds it, a person approves before anything is public."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringSegment, StringTranslation

from abierto.approval.conflicts.translations import EDITOR, VERSION, hash_value
from abierto.approval.ledger.imports import imported
from abierto.translations.po_files import import_po
from abierto.translations.services import send_translation, write_draft
from pages.core.formatting import full_date
from tests.abierto.approval.newsroom import approve, fresh, submit
from tests.pages.admin.worlds import signed_in

from .translating import build_translating, translate

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LABEL = "Traducción automática"
PUBLIC_LABEL = "A machine translated part of this text."


@pytest.fixture
def work():
    return build_translating()


def test_it_is_off(work):
    address = reverse("wagtail_localize:machine_translate", args=[work.translation.pk])

    assert get_machine_translator() is None
    assert signed_in(work.room.editor).post(address).status_code == 404


@pytest.fixture
def translated(work, settings):
    """Return the page with every string translated by a machine."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    address = reverse("wagtail_localize:machine_translate", args=[work.translation.pk])
    signed_in(work.room.editor).post(address)
    assert not fresh(work.target).live
    return work


def publish(work) -> None:
    approve(send_translation(work.translation, work.room.editor).current_task_state, work.room.reviewer)


def read(client, work) -> str:
    html = client.get(work.target.get_url()).content.decode()
    assert "<h1" in html
    return " ".join(html.split())


def type_string(work, path: str, text: str) -> None:
    """Save a string as the editor does."""
    segment = StringSegment.objects.get(source=work.translation.source, context__path=path)
    address = reverse("wagtail_localize:edit_string_translation", args=[work.translation.pk, segment.pk])
    replaced = StringTranslation.objects.get(context=segment.context, translation_of=segment.string).data
    address = f"{address}?{urlencode({EDITOR: 'e', VERSION: hash_value(replaced)})}"
    content_type = "application/x-www-form-urlencoded"
    saved = signed_in(work.room.editor).put(address, urlencode({"value": text}), content_type=content_type)
    assert saved.status_code in (200, 201)


def test_the_public_page_names_it_with_the_day_of_its_approval(client, translated):
    publish(translated)

    with override("en"):
        day = full_date(timezone.localdate())
    assert f"A machine translated part of this text. A person checked it and approved it on {day}." in read(
        client, translated
    )
    assert PUBLIC_LABEL not in " ".join(client.get(translated.source.get_url()).content.decode().split())


def test_the_label_goes_when_people_have_written_every_approved_string(client, translated):
    publish(translated)

    type_string(translated, "title", "What open government is")
    publish(translated)
    assert PUBLIC_LABEL in read(client, translated)

    type_string(translated, "summary", "How the State keeps its promises.")
    assert PUBLIC_LABEL in read(client, translated)
    publish(translated)
    assert PUBLIC_LABEL not in read(client, translated)


def test_a_text_that_a_person_saves_unchanged_is_no_longer_machine_made(client, translated):
    for row in StringTranslation.objects.select_related("context"):
        type_string(translated, row.context.path, row.data)
    publish(translated)

    assert PUBLIC_LABEL not in read(client, translated)


def test_a_file_with_unchanged_texts_keeps_the_label(client, translated):
    content = str(translated.translation.export_po()).encode()
    import_po(translated.translation, content, translated.room.editor)
    publish(translated)

    assert PUBLIC_LABEL in read(client, translated)


def test_the_label_follows_the_page_after_the_translation_was_stopped(client, translated):
    room = translated.room
    signed_in(room.editor).post(
        reverse("wagtail_localize:stop_translation", args=[translated.translation.pk])
    )
    page = fresh(translated.target).get_latest_revision_as_object()
    page.title = "Written by a person"
    approve(submit(page, room.editor), room.reviewer)
    assert PUBLIC_LABEL in read(client, translated)

    page = fresh(translated.target)
    page.summary = "Also written by a person."
    approve(submit(page, room.editor), room.reviewer)
    assert PUBLIC_LABEL not in read(client, translated)


def test_an_earlier_draft_is_labelled_when_it_becomes_public_after_a_later_one(client, translated):
    state = send_translation(translated.translation, translated.room.editor).current_task_state
    for path in ("title", "summary"):
        type_string(translated, path, f"Written by a person: {path}")
    write_draft(translated.translation, translated.room.editor)
    with imported("Una fecha de una prueba"):
        state.revision.publish()

    assert PUBLIC_LABEL in read(client, translated)


def test_its_text_is_a_draft_labelled_in_the_review_until_a_person_changes_it(translated):
    work = translated

    translate(work.translation, work.room.editor, title="What open government is")
    state = send_translation(work.translation, work.room.editor).current_task_state
    review = signed_in(work.room.reviewer).get(reverse("approval:review", args=[state.pk])).content.decode()
    rows = {row.split('<td lang="en">')[-1] for row in review.split("</tr>") if LABEL in row}

    assert not fresh(work.target).live
    assert len(rows) >= 1
    assert not any("What open government is" in row for row in rows)
    approve(state, work.room.reviewer)
    assert fresh(work.target).live
