"""Files of public pages stay restricted while their collection is moved or opened."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from abierto.media.models import PortalImage
from tests import factories
from tests.abierto.approval.newsroom import expect_refusal, newsroom
from tests.abierto.media.uploads import page_with, picture, stored_document, upload
from tests.factories import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return newsroom()


@pytest.fixture
def minutes(room):
    """A collection below the restricted collection of the space."""
    CollectionViewRestriction.objects.create(collection=room.space.collection, restriction_type="login")
    space = Collection.objects.get(pk=room.space.collection_id)
    return space.add_child(instance=Collection(name="Minutas"))


def stored_in(collection, room):
    document = stored_document(room.space)
    document.collection = collection
    document.save()
    return document


def move(client, room, collection, parent):
    """Submit the form of a collection with another parent; return its errors."""
    client.force_login(room.superuser)
    address = reverse("wagtailadmin_collections:edit", args=[collection.pk])
    answer = client.post(address, {"name": collection.name, "parent": parent.pk})
    return answer.context["form"].errors.get("parent", []) if answer.status_code == 200 else []


def test_collection_of_public_document_is_not_moved_out_of_restriction(client, room, minutes):
    published(page_with(stored_in(minutes, room)))

    errors = move(client, room, minutes, Collection.get_first_root_node())

    assert "Elige un lugar igual de reservado" in errors[0]
    minutes.refresh_from_db()
    assert minutes.get_parent().pk == room.space.collection_id


def test_collection_without_public_files_is_moved(client, room, minutes):
    page_with(stored_in(minutes, room))

    assert move(client, room, minutes, Collection.get_first_root_node()) == []

    minutes.refresh_from_db()
    assert minutes.depth == 2


def test_collection_of_public_document_is_moved_within_restriction(client, room, minutes):
    published(page_with(stored_in(minutes, room)))
    space = Collection.objects.get(pk=room.space.collection_id)
    other = space.add_child(instance=Collection(name="Otra"))

    assert move(client, room, minutes, other) == []

    assert Collection.objects.get(pk=minutes.pk).get_parent().pk == other.pk


def test_collection_of_public_image_is_not_opened(room):
    image = PortalImage(
        title="Foto",
        description="La mesa",
        file=upload("foto.png", picture()),
        collection=room.space.collection,
    )
    image.save()
    chosen = {"image": image.pk, "alt_text": "La mesa", "decorative": False}
    block = {"type": "image", "value": {"image": chosen, "caption": "", "credit": ""}}
    published(factories.StandardPageFactory(body=json.dumps([block])))
    restriction = CollectionViewRestriction.objects.create(
        collection=Collection.objects.get(pk=image.collection_id), restriction_type="login"
    )

    with expect_refusal():
        restriction.delete()
