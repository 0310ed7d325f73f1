"""Translators: a group per space and language, which edits translations and nothing else."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from abierto.accounts.models import User
from abierto.accounts.second_factor import needs_second_factor
from abierto.acts.administration import close_accounts, find_members
from abierto.acts.handover import move_people
from abierto.tenancy.access import scope, sees_everything
from abierto.tenancy.isolation.viewer import is_own_page
from abierto.tenancy.models import TranslatorGroup
from abierto.tenancy.provisioning import assign_root, get_or_create_translators, release_root
from tests.abierto.approval.newsroom import approve, fresh, person
from tests.factories import StandardPageFactory, published
from tests.pages.admin.worlds import signed_in
from tests.security.isolation_spaces import open_space

from .translating import build_translating, translate

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def made():
    """Return a translation with its translator, and one of another space in the same language."""
    made = build_translating()
    made.english = made.translation.target_locale
    made.group = get_or_create_translators(made.room.space, made.english)
    made.translator = person("traductora", made.group.group)
    other = published(StandardPageFactory(title="Casa de junto", slug="junto"))
    made.other_space = open_space("municipality", "Casa de junto", "junto")
    assign_root(made.other_space, other)
    translate_object(other, [made.english], user=made.room.editor)
    made.other = Translation.objects.get(source__object_id=other.translation_key)
    return made


def rights(user: User, page: Page) -> set[str]:
    tester = fresh(page).permissions_for_user(user)
    asked = (
        *(
            "can_edit",
            "can_delete",
            "can_publish",
            "can_unpublish",
            "can_add_subpage",
            "can_lock",
            "can_move",
        ),
        *("can_set_view_restrictions", "can_unschedule"),
    )
    return {name for name in asked if getattr(tester, name)()}


def test_a_translator_edits_the_translation_and_has_no_other_right(made):
    assert rights(made.translator, made.target) == {"can_edit"}


def test_no_right_over_the_source_another_space_or_another_language(made):
    french = Locale.objects.create(language_code="fr")
    translate_object(made.source, [french], user=made.room.editor)
    in_french = made.source.get_translation(french)
    only_english = made.target.get_parent().specific

    for page in (made.source, made.other.get_target_instance(), in_french, only_english.get_parent()):
        assert rights(made.translator, page) == set(), page


def test_no_right_over_a_page_of_that_language_that_is_no_translation(made):
    Translation.objects.filter(pk=made.translation.pk).update(enabled=False)

    assert rights(made.translator, made.target) == set()


def test_an_editor_who_also_translates_keeps_their_permissions(made):
    before = rights(made.room.editor, made.source)
    made.room.editor.groups.add(made.group.group)

    assert rights(User.objects.get(pk=made.room.editor.pk), made.source) == before


def test_the_translator_opens_translates_and_sends_and_another_person_approves(made):
    client = signed_in(made.translator)
    edit = reverse("wagtailadmin_pages:edit", args=[made.target.pk])
    segment = StringSegment.objects.filter(source=made.translation.source_id).first()
    assert client.get(edit).status_code == 200

    saved = client.put(
        reverse("wagtail_localize:edit_string_translation", args=[made.translation.pk, segment.pk]),
        "value=Open+government",
        content_type="application/x-www-form-urlencoded",
    )
    assert saved.status_code in (200, 201)
    translate(made.translation, made.translator)
    sent = client.post(
        reverse("translations:send", args=[made.translation.pk]), {"submission_note": "Lista."}
    )

    assert "se envió a revisión" in " ".join(map(str, get_messages(sent.wsgi_request)))
    state = fresh(made.target).current_workflow_task_state
    assert not fresh(made.target).live
    approve(state, made.room.reviewer)
    assert fresh(made.target).live


def test_a_translator_of_the_state_has_the_pages_of_the_state_and_no_others(made):
    """The pages of all spaces are below the home page, which is the state's."""
    own, other = made.target, made.other.get_target_instance()

    assert not sees_everything(made.translator)
    assert sees_everything(made.room.editor)
    found = set(scope(Page.objects.all(), made.translator).values_list("pk", flat=True))
    assert {own.pk, made.source.pk} <= found
    assert not found & {other.pk, *other.get_translations().values_list("pk", flat=True)}
    assert [is_own_page(page, made.translator) for page in (own, made.source, other)] == [True, True, False]
    assert set(scope(Translation.objects.all(), made.translator)) == {made.translation}


def test_addresses_of_other_translations_and_of_sources_are_closed(made):
    client = signed_in(made.translator)
    segment = StringSegment.objects.filter(source=made.other.source_id).first()
    edit_string = reverse("wagtail_localize:edit_string_translation", args=[made.other.pk, segment.pk])
    body = {"content_type": "application/x-www-form-urlencoded"}
    tried = [
        client.put(edit_string, "value=x", **body),
        client.post(reverse("wagtail_localize:upload_pofile", args=[made.other.pk])),
        client.post(reverse("wagtail_localize:stop_translation", args=[made.other.pk])),
        client.post(reverse("translations:send", args=[made.other.pk]), HTTP_ACCEPT="text/html"),
        client.get(reverse("wagtailadmin_pages:edit", args=[made.source.pk])),
        client.post(reverse("wagtailadmin_pages:delete", args=[made.target.pk])),
        client.post(reverse("wagtail_localize:submit_page_translation", args=[made.source.pk])),
        client.post(reverse("wagtail_localize:update_translations", args=[made.translation.source_id])),
    ]

    assert all(answer.status_code in (302, 403, 404, 409) for answer in tried)
    assert not StringTranslation.objects.filter(context__in=[segment.context_id]).exists()
    assert fresh(made.target) is not None
    assert Translation.objects.get(pk=made.other.pk).enabled
    assert made.other.get_target_instance().current_workflow_state is None


def test_a_translated_root_is_opened_to_the_translators_of_its_language(made):
    french = Locale.objects.create(language_code="fr")
    group = get_or_create_translators(made.other_space, french)
    root = Page.objects.get(slug="junto", locale=Locale.get_default()).specific
    target = root.copy_for_translation(french, copy_parents=True)

    assert group.group.page_permissions.filter(page=target.pk).count() == 1
    release_root(target.space_root)
    assert not group.group.page_permissions.exists()


def test_the_group_is_made_once_and_needs_no_second_factor(made):
    assert get_or_create_translators(made.room.space, made.english).pk == made.group.pk
    assert TranslatorGroup.objects.count() == 1
    assert not needs_second_factor(User.objects.get(pk=made.translator.pk))


def test_translators_go_with_the_people_of_their_space(made):
    town = person("traduce-en-junto", get_or_create_translators(made.other_space, made.english).group)

    assert list(find_members(made.other_space)) == [town]
    move_people(made.other_space, made.room.space, made.room.administrator)
    assert list(town.groups.all()) == [made.group.group]

    close_accounts(made.room.space, made.room.administrator)
    assert not User.objects.get(pk=town.pk).is_active
