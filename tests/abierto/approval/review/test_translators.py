"""A translator is an author: another person approves, whichever user saved or submitted the translation."""

import pytest
from wagtail.models import Locale, WorkflowPage
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from abierto.approval.errors import ReviewRefused
from tests import factories
from tests.abierto.approval.newsroom import approve, fresh, newsroom, person, submit
from tests.factories import published

pytestmark = pytest.mark.django_db

WORDS = "What open government is"


@pytest.fixture
def room():
    return newsroom()


def translated_by(room, translator):
    """Return an English draft with a title by ``translator``, saved and submitted by an editor."""
    page = published(factories.StandardPageFactory(title="Qué es gobierno abierto"))
    english, _new = Locale.objects.get_or_create(language_code="en")
    source = TranslationSource.update_or_create_from_instance(page)[0]
    source.create_or_update_translation(english, publish=False, copy_parent_pages=True, fallback=True)
    segment = StringSegment.objects.get(source=source, string__data=page.title)
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=english,
        context=segment.context,
        data=WORDS,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        last_translated_by=translator,
    )
    target = source.create_or_update_translation(english, user=room.editor, publish=False, fallback=True)[0]
    WorkflowPage.objects.update_or_create(page_id=target.pk, defaults={"workflow": room.space.workflow})
    draft = fresh(target).get_latest_revision_as_object()
    assert draft.title == WORDS
    return draft


def test_a_translator_cannot_approve_the_translation(room):
    state = submit(translated_by(room, room.both), room.editor)

    with pytest.raises(ReviewRefused):
        approve(state, room.both)
    approve(state, room.reviewer)


def test_translations_before_the_last_approval_do_not_count(room):
    draft = translated_by(room, room.both)
    approve(submit(draft, room.editor), room.reviewer)

    page = fresh(draft).get_latest_revision_as_object()
    page.summary = "More"
    approve(submit(page, person("otra", room.space.editors)), room.both)

    assert fresh(page).summary == "More"
