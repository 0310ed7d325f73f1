"""The review screen beyond the changes."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.abierto.approval.newsroom import draft_update, newsroom, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return newsroom()


def test_the_review_lists_all_authors(client, room):
    update = draft_update(room)
    update.save_revision(user=room.administrator)
    state = submit(update, room.editor)
    client.force_login(room.reviewer)

    text = " ".join(
        strip_tags(client.get(reverse("approval:review", args=[state.pk])).content.decode()).split()
    )

    assert f"Escribieron: {room.editor.public_name}; {room.administrator.public_name}." in text
