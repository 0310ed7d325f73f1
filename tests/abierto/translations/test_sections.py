"""A whole section is submitted at once: a plan with its axes and commitments."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from abierto.translations.services import send_translation
from tests.abierto.approval.newsroom import approve, fresh, newsroom
from tests.pages.admin.worlds import signed_in

from .translating import translate

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_plan_is_submitted_with_all_below_it_and_each_page_is_reviewed_alone():
    room = newsroom()
    english = Locale.objects.get_or_create(language_code="en")[0]
    plan = room.commitment.get_parent().get_parent().specific
    section = list(plan.get_descendants(inclusive=True).order_by("path"))
    address = reverse("wagtail_localize:submit_page_translation", args=[plan.pk])
    client = signed_in(room.administrator)

    assert "include_subtree" in client.get(address).content.decode()
    answer = client.post(address, {"locales": [english.pk], "include_subtree": "on"})

    assert answer.status_code == 302
    made = Translation.objects.filter(target_locale=english, enabled=True)
    assert {one.source.object_id for one in made} >= {page.translation_key for page in section}
    drafts = Page.objects.filter(
        translation_key__in=[page.translation_key for page in section], locale=english
    )
    assert drafts.count() == len(section)
    assert not drafts.filter(live=True).exists()

    first = Translation.objects.get(source__object_id=plan.translation_key, target_locale=english)
    translate(first, room.editor)
    approve(send_translation(first, room.editor).current_task_state, room.reviewer)

    assert fresh(first.get_target_instance()).live
    assert drafts.filter(live=True).count() == 1
