"""A newsroom with an update under review."""

import pytest
from django.urls import reverse

from tests.abierto.approval.newsroom import draft_update, newsroom, submit


@pytest.fixture
def room():
    room = newsroom()
    for user in (room.editor, room.reviewer, room.both):
        user.email = f"{user.username}@example.org"
        user.save()
    return room


@pytest.fixture
def update(room):
    return draft_update(room)


@pytest.fixture
def state(room, update):
    return submit(update, room.editor)


@pytest.fixture
def screen(client, room, state):
    """The HTML of the review for its reviewer."""
    client.force_login(room.reviewer)
    return reverse("approval:review", args=[state.pk])
