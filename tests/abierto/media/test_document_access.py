"""Document access: public with a live page, always open to its editors."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from abierto.media.models import PortalDocument
from abierto.media.models.base import FileInUse
from tests import factories
from tests.abierto.media.uploads import page_with, stored_document

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_unused_document_answers_404(client, world):
    document = stored_document(world.north)

    assert client.get(document.url).status_code == 404


def test_document_is_public_only_with_a_live_page(client, world):
    document = stored_document(world.north)
    page = page_with(document)
    assert client.get(document.url).status_code == 404

    factories.published(page)

    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert "Content-Encoding" not in answer


def test_document_of_newer_draft_is_not_public(client, world):
    document = stored_document(world.north)
    page = factories.published(factories.StandardPageFactory())
    page.body = page_with(document).body
    page.save_revision()

    assert client.get(document.url).status_code == 404


def test_document_is_hidden_with_its_page(client, world):
    document = stored_document(world.north)
    page = factories.published(page_with(document))
    page.unpublish()

    assert client.get(document.url).status_code == 404


def test_document_of_restricted_page_is_not_public(client, world):
    document = stored_document(world.north)
    page = factories.published(page_with(document))
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)

    assert client.get(document.url).status_code == 404


def test_document_opens_for_its_editors_and_not_for_another_space(client, world):
    document = stored_document(world.north)
    for person, status in (
        (world.north_editor, 200),
        (world.north_reviewer, 200),
        (world.state_editor, 200),
        (world.south_editor, 404),
    ):
        client.force_login(person)
        assert client.get(document.url).status_code == status, person


def test_file_of_public_page_cannot_be_deleted(editor, world):
    document = stored_document(world.north)
    factories.published(page_with(document))

    editor.post(reverse("wagtaildocs:delete", args=[document.pk]))
    editor.post(
        reverse("wagtail_bulk_action", args=["media", "portaldocument", "delete"]) + f"?id={document.pk}"
    )
    with pytest.raises(FileInUse, match="está en una página pública"):
        document.delete()
    with pytest.raises(FileInUse):
        PortalDocument.objects.all().delete()
    assert PortalDocument.objects.filter(pk=document.pk).exists()


def test_file_of_draft_can_be_deleted(editor, world):
    document = stored_document(world.north)
    page_with(document)

    editor.post(reverse("wagtaildocs:delete", args=[document.pk]))

    assert not PortalDocument.objects.filter(pk=document.pk).exists()
