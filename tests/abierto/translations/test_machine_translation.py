"""Machine translation: off, and never public without a person's approval where an installation adds one."""

import pytest
from django.urls import reverse
from wagtail_localize.machine_translators import get_machine_translator

from abierto.translations.services import send_translation
from tests.abierto.approval.newsroom import approve, fresh
from tests.pages.admin.worlds import signed_in

from .translating import build_translating, translate

pytestmark = pytest.mark.django_db

LABEL = "Traducción automática"


@pytest.fixture
def work():
    return build_translating()


def test_it_is_off(work):
    address = reverse("wagtail_localize:machine_translate", args=[work.translation.pk])

    assert get_machine_translator() is None
    assert signed_in(work.room.editor).post(address).status_code == 404


def test_its_text_is_a_draft_labelled_in_the_review_until_a_person_changes_it(work, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    address = reverse("wagtail_localize:machine_translate", args=[work.translation.pk])
    signed_in(work.room.editor).post(address)
    assert not fresh(work.target).live

    translate(work.translation, work.room.editor, title="What open government is")
    state = send_translation(work.translation, work.room.editor).current_task_state
    review = signed_in(work.room.reviewer).get(reverse("approval:review", args=[state.pk])).content.decode()
    rows = {row.split('<td lang="en">')[-1] for row in review.split("</tr>") if LABEL in row}

    assert not fresh(work.target).live
    assert len(rows) >= 1
    assert not any("What open government is" in row for row in rows)
    approve(state, work.room.reviewer)
    assert fresh(work.target).live
