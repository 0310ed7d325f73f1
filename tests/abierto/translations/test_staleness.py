"""A public translation shows that its source has changed, until the change is translated."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from abierto.translations.models import TranslatedSource
from abierto.translations.services import send_translation
from tests.abierto.approval.newsroom import approve, fresh
from tests.factories import published

from .translating import build_translating, translate

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STALE = "The original changed on"


@pytest.fixture
def work():
    found = build_translating()
    publish_translation(found)
    return found


def publish_translation(work) -> None:
    translate(work.translation, work.room.editor)
    approve(send_translation(work.translation, work.room.editor).current_task_state, work.room.reviewer)


def change_source(work, **fields) -> None:
    source = fresh(work.source)
    for name, value in fields.items():
        setattr(source, name, value)
    published(source)


def read(client, work) -> str:
    response = client.get(work.target.get_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_translation_of_the_current_source_has_no_notice(client, work):
    assert STALE not in read(client, work)


def test_a_changed_source_has_a_notice_until_the_change_is_translated(client, work):
    change_source(work, summary="Cómo cumple el Estado hoy.")
    shown = read(client, work)
    assert STALE in shown
    assert "EN Cómo cumple el Estado." in shown
    assert work.source.get_url() in shown

    publish_translation(work)
    assert STALE not in read(client, work)


def test_strings_translated_and_not_yet_approved_leave_it_stale(client, work):
    change_source(work, summary="Cómo cumple el Estado hoy.")
    translate(work.translation, work.room.editor)
    send_translation(work.translation, work.room.editor)
    assert STALE in read(client, work)


def test_a_change_that_is_no_text_is_no_reason(client, work):
    change_source(work, show_in_menus=not work.source.show_in_menus)
    assert STALE not in read(client, work)


def test_a_change_taken_back_is_no_longer_said(client, work):
    change_source(work, summary="Cómo cumple el Estado hoy.")
    since = TranslatedSource.objects.get().stale_since
    change_source(work, summary="Cómo cumple el Estado siempre.")
    assert TranslatedSource.objects.get().stale_since == since
    change_source(work, summary="Cómo cumple el Estado.")
    assert STALE not in read(client, work)


def test_a_change_during_the_review_makes_it_stale_at_once(client, work):
    change_source(work, title="Qué es el gobierno abierto")
    translate(work.translation, work.room.editor)
    state = send_translation(work.translation, work.room.editor).current_task_state
    change_source(work, summary="Otra cosa.")
    approve(state, work.room.reviewer)
    assert STALE in read(client, work)


def test_a_translation_costs_the_queries_of_its_source(client, work):
    translate_object(work.room.home, [work.translation.target_locale], user=work.room.editor)
    of_home = Translation.objects.get(source__object_id=work.room.home.translation_key)
    translate(of_home, work.room.editor)
    approve(send_translation(of_home, work.room.editor).current_task_state, work.room.reviewer)

    def count(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as caught:
            client.get(url)
        return len(caught)

    assert count(work.target.get_url()) == count(work.source.get_url())
    assert count(of_home.get_target_instance().get_url()) == count(work.room.home.get_url())
