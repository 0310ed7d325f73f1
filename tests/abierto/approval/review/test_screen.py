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


def test_the_review_shows_the_score_before_and_after_and_what_is_hard_to_read(client, room):
    update = draft_update(room)
    update.narrative = "<p>El padrón fue publicado. Se llevó a cabo un taller.</p>"
    state = submit(update, room.editor)
    client.force_login(room.reviewer)

    html = client.get(reverse("approval:review", args=[state.pk])).content.decode()
    text = " ".join(strip_tags(html).split())

    assert "Lenguaje claro" in text
    assert "Si lo apruebas" in text
    assert "Está en pasiva." in text
    assert "<q>llevó a cabo</q>" in html
