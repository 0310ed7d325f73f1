"""Public fields of a file are frozen while it is public or in review."""

import pytest
from django.urls import reverse

from abierto.approval.errors import NotApproved
from abierto.approval.ledger.imports import imported
from abierto.media.models.base import FileInUse
from abierto.media.usage import is_frozen
from tests.abierto.approval.newsroom import newsroom, submit
from tests.abierto.media.uploads import page_with, stored_document
from tests.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def room():
    return newsroom()


@pytest.fixture
def document(room):
    return stored_document(room.space)


def test_unused_file_can_be_changed(document):
    page_with(document)

    document.title = "Otro nombre"
    document.save()

    assert not is_frozen(document)


def test_file_is_frozen_while_public(document):
    published(page_with(document))
    document.title = "Otro nombre"

    with pytest.raises(NotApproved):
        document.save()
    with pytest.raises(FileInUse):
        type(document).objects.filter(pk=document.pk).update(title="Otro nombre")

    document.refresh_from_db()
    assert document.title == "Acta"


def test_file_is_frozen_while_in_review(room, document):
    page = page_with(document)
    state = submit(page, room.editor)
    assert is_frozen(document)

    state.workflow_state.cancel(user=room.editor)

    assert not is_frozen(document)


def test_same_number_in_text_does_not_freeze_file(room, document):
    page = page_with(stored_document(room.space))
    page.title = f"Acta {document.pk}"
    submit(page, room.editor)

    assert not is_frozen(document)


def test_fields_without_public_effect_can_change(room, document):
    published(page_with(document))

    document.collection = document.collection.get_parent()
    document.save()

    document.refresh_from_db()
    assert document.space is None


def test_import_may_change_frozen_file(document):
    published(page_with(document))
    document.title = "Acta corregida"

    with imported("Errata del documento publicado"):
        document.save()

    document.refresh_from_db()
    assert document.title == "Acta corregida"


def test_form_of_frozen_file_is_read_only(client, room, document):
    published(page_with(document))
    client.force_login(room.superuser)
    address = reverse("wagtaildocs:edit", args=[document.pk])

    shown = client.get(address).content.decode()
    client.post(address, {"title": "Otro nombre", "collection": document.collection_id, "tags": "acta"})

    document.refresh_from_db()
    assert "sube una versión nueva" in shown
    assert document.title == "Acta"
    assert [tag.name for tag in document.tags.all()] == ["acta"]
