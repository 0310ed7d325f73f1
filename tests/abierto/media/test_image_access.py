"""Image access: public with public content; renditions of hidden images are deleted."""

import json
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, PageViewRestriction, ReferenceIndex
from wagtail.signals import unpublished

from abierto.approval.ledger.imports import imported
from abierto.guest_links.models import GuestLink
from abierto.guest_links.services import build_guest_url
from abierto.media.access import is_public_file
from abierto.media.models import PortalImage
from tests import factories
from tests.abierto.approval.unguarded import without_reference_checks
from tests.abierto.media.uploads import page_with, picture, stored_document, upload

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def image(world):
    return stored_image(world.north)


def stored_image(space) -> PortalImage:
    image = PortalImage(
        title="Foto", file=upload("foto.png", picture()), collection=space.collection, description="Una foto"
    )
    image.save()
    return image


def draft_with(image: PortalImage, parent=None, **fields):
    """Return a draft that uses ``image``, below the root page of its space or the home page."""
    value = {"image": {"image": image.pk, "alt_text": "Una foto", "decorative": False}}
    value |= {"caption": "", "credit": ""}
    body = json.dumps([{"type": "image", "value": value}])
    above = {"parent": parent} if parent is not None else {}
    return factories.StandardPageFactory(body=body, **above, **fields)


def rendition_of(image):
    return image.get_rendition("width-10")


def exists_on_disk(rendition) -> bool:
    return (Path(settings.MEDIA_ROOT) / rendition.file.name).exists()


def status(client, rendition) -> int:
    return client.get(rendition.url).status_code


def test_unused_image_is_visible_to_its_editors_only(client, world, image):
    rendition = rendition_of(image)
    for person, expected in (
        (None, 404),
        (world.north_editor, 200),
        (world.north_reviewer, 200),
        (world.state_editor, 200),
        (world.south_editor, 404),
    ):
        client.logout()
        if person is not None:
            client.force_login(person)
        answer = client.get(rendition.url)
        assert answer.status_code == expected, person
        if expected == 200:
            assert answer["Cache-Control"] == "private, no-store"


def test_public_rendition_is_cacheable_for_a_minute(client, image):
    page = draft_with(image)
    assert status(client, rendition_of(image)) == 404

    factories.published(page)
    answer = client.get(rendition_of(image).url)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60, must-revalidate"
    since = {"HTTP_IF_MODIFIED_SINCE": answer["Last-Modified"]}
    assert client.get(rendition_of(image).url, **since).status_code == 304


@pytest.mark.parametrize("close", ["unpublish", "unpublish parent", "restrict", "restrict parent", "delete"])
def test_renditions_are_removed_when_page_is_hidden(
    client, world, image, close, django_capture_on_commit_callbacks
):
    parent = factories.published(factories.StandardPageFactory(title="Casa"))
    page = factories.published(draft_with(image, parent))
    rendition = rendition_of(image)
    assert status(client, rendition) == 200

    with django_capture_on_commit_callbacks(execute=True):
        closed = parent if close.endswith("parent") else page
        if close.startswith("unpublish"):
            closed.unpublish()
        elif close == "delete":
            page.delete()
        else:
            PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        assert status(client, rendition) == 404  # before the files are deleted

    assert not exists_on_disk(rendition)
    assert not image.renditions.exists()
    client.force_login(world.north_editor)
    assert status(client, rendition_of(image)) == 200


def test_renditions_stay_while_another_page_uses_image(client, image, django_capture_on_commit_callbacks):
    page, other = factories.published(draft_with(image)), factories.published(draft_with(image))
    rendition = rendition_of(image)
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()

    assert status(client, rendition) == 200
    assert exists_on_disk(rendition)

    with django_capture_on_commit_callbacks(execute=True):
        other.unpublish()

    assert not exists_on_disk(rendition)


def test_renditions_are_removed_with_new_version(client, image, django_capture_on_commit_callbacks):
    page = factories.published(draft_with(image))
    rendition = rendition_of(image)
    with django_capture_on_commit_callbacks(execute=True):
        page.body = "[]"
        factories.published(page)

    assert status(client, rendition) == 404
    assert not exists_on_disk(rendition)


def test_image_of_newer_draft_is_not_public(client, image):
    page = factories.published(factories.StandardPageFactory())
    page.body = draft_with(image).body
    page.save_revision()

    assert status(client, rendition_of(image)) == 404


def test_restricting_collection_removes_renditions(client, image, django_capture_on_commit_callbacks):
    factories.published(draft_with(image))
    rendition = rendition_of(image)
    with django_capture_on_commit_callbacks(execute=True):
        CollectionViewRestriction.objects.create(
            collection=image.collection, restriction_type=CollectionViewRestriction.LOGIN
        )

    assert status(client, rendition) == 404
    assert not exists_on_disk(rendition)


def test_rendition_of_restricted_collection_is_not_served_before_its_removal(client, image):
    factories.published(draft_with(image))
    rendition = rendition_of(image)
    CollectionViewRestriction.objects.create(
        collection=image.collection, restriction_type=CollectionViewRestriction.LOGIN
    )

    assert exists_on_disk(rendition)
    assert status(client, rendition) == 404


def test_deleted_image_leaves_no_file(client, image, django_capture_on_commit_callbacks):
    rendition = rendition_of(image)
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()

    assert not exists_on_disk(rendition)
    assert status(client, rendition) == 404


def test_image_is_published_by_own_space_or_state_only(world, image, monkeypatch):
    without_reference_checks(monkeypatch)
    factories.published(draft_with(image, world.southern))
    assert not is_public_file(image)

    factories.published(draft_with(image, world.northern))
    assert is_public_file(image)

    shared = stored_image(world.north)
    factories.published(draft_with(shared, world.home))
    assert is_public_file(shared)


def test_signed_in_reader_sees_image_of_login_restricted_page(client, image):
    page = factories.published(draft_with(image))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    rendition = rendition_of(image)
    assert status(client, rendition) == 404

    client.force_login(factories.UserFactory())

    assert client.get(rendition.url)["Cache-Control"] == "private, no-store"


def test_guest_link_shows_images_of_shared_version_only(client, world, image):
    page = draft_with(image, world.northern)
    revision = page.save_revision()
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    link = GuestLink.objects.create(
        guest="Ana", revision=revision, created_by=world.north_editor, expires_at=tomorrow
    )
    other = stored_image(world.north)
    address = build_guest_url(link).removeprefix(settings.WAGTAILADMIN_BASE_URL)
    html = client.get(address).content.decode()
    shown = image.renditions.first()
    assert shown.url in html

    assert client.get(shown.url)["Cache-Control"] == "private, no-store"
    assert status(client, rendition_of(other)) == 404

    link.revoked_at = link.created_at
    link.save()
    assert status(client, shown) == 404


def test_query_count_is_independent_of_number_of_pages(image, django_assert_num_queries):
    factories.published(draft_with(image))
    is_public_file(image)
    with django_assert_num_queries(4):
        is_public_file(image)
    for _ in range(3):
        factories.published(draft_with(image))

    with django_assert_num_queries(4):
        assert is_public_file(image)


def test_document_response_is_not_cacheable(client, world):
    document = stored_document(world.north)
    factories.published(page_with(document))

    answer = client.get(document.url)

    assert answer["Cache-Control"] == "private, no-cache"
    again = client.get(document.url, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304
    assert again["Cache-Control"] == "private, no-cache"


def test_avatar_upload_is_disabled(editor, world, client):
    address = reverse("wagtailadmin_account")
    assert "avatar-avatar" not in editor.get(address).content.decode()
    sent = {"avatar-avatar": upload("yo.png", picture()), "locale-preferred_language": "es-mx"}

    answer = editor.post(address, sent)

    assert answer.status_code in (200, 302)
    profile = world.north_editor.wagtail_userprofile
    profile.refresh_from_db()
    assert not profile.avatar
    profile.avatar.save("yo.png", upload("yo.png", picture()))
    assert client.get(f"/media/{profile.avatar.name}").status_code == 404


def row_with_image(space, image):
    """Return a public registry row that refers to ``image``; no registry model has an image field yet."""
    with imported("Una ficha pública en una prueba"):
        row = factories.InstitutionFactory(space=space, live=True)
    kind = ContentType.objects.get_for_model(row)
    ReferenceIndex.objects.create(
        content_type=kind,
        base_content_type=kind,
        object_id=str(row.pk),
        to_content_type=ContentType.objects.get_for_model(image),
        to_object_id=str(image.pk),
        model_path="logo",
        content_path="logo",
        content_path_hash=uuid.uuid4(),
    )
    return row


def test_public_row_publishes_image_of_same_space_only(world, image):
    row_with_image(world.south, image)
    assert not is_public_file(image)

    row_with_image(world.north, image)
    assert is_public_file(image)


def test_renditions_are_removed_when_row_is_unpublished(world, image, django_capture_on_commit_callbacks):
    row = row_with_image(world.north, image)
    rendition = rendition_of(image)
    type(row)._base_manager.filter(pk=row.pk).update(live=False)
    row.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        unpublished.send(sender=type(row), instance=row)

    assert not exists_on_disk(rendition)
