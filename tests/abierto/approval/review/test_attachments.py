"""Evidence opened in the review before it is public; and snippets in the same screen."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from abierto.approval.confirmations.services import confirm_all
from abierto.media.models import PortalDocument
from search.models import PromotedResult
from tests.abierto.approval.newsroom import draft_update, newsroom, person, submit
from tests.abierto.media.uploads import PDF

pytestmark = pytest.mark.django_db

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\xa7\x17o\x05\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def room():
    return newsroom()


def update_with_evidence(room, name, content):
    """Return a review of an update with a file as evidence, and the file."""
    file = ContentFile(content, name=name)
    document = PortalDocument(title="Lo que se ve", file=file, file_size=len(content))
    document.collection = room.space.collection
    document.save()
    update = draft_update(room)
    row = update.rows.all()[0]
    row.evidence = [("evidence", {"title": "Acta", "kind": "document", "document": document})]
    update.rows = [row, update.rows.all()[1]]
    confirm_all(update, "La foto no tiene texto.", room.editor)
    return submit(update, room.editor), document


def test_only_the_reviewer_opens_an_unpublished_file(client, room):
    state, document = update_with_evidence(room, "acta.pdf", PDF)
    client.force_login(room.reviewer)

    page = client.get(reverse("approval:review", args=[state.pk])).content.decode()

    assert f'href="{document.url}"' in page
    assert f"(PDF, {len(PDF)}\xa0bytes)" in page
    assert client.get(document.url).status_code == 200
    for user in (None, person("nadie")):
        client.logout()
        if user is not None:
            client.force_login(user)
        assert client.get(document.url).status_code != 200


def test_an_image_is_shown_in_the_comparison(client, room):
    state, document = update_with_evidence(room, "foto.png", PIXEL)
    client.force_login(room.reviewer)

    page = client.get(reverse("approval:review", args=[state.pk])).content.decode()

    assert f'<img src="{document.url}" alt="Lo que se ve">' in page
    assert client.get(document.url)["Content-Type"] == "image/png"


def test_a_snippet_gets_the_same_screen_without_comments(client, room):
    result = PromotedResult.objects.create(words="empleo", page=room.commitment, space=room.space, live=False)
    result.save_revision(user=room.editor)
    room.space.workflow.start(result, room.editor)
    client.force_login(room.reviewer)

    state = PromotedResult.objects.get(pk=result.pk).current_workflow_task_state
    response = client.get(reverse("approval:review", args=[state.pk]))

    assert response.status_code == 200
    assert "Campo por campo" in response.content.decode()
    assert "empleo" in response.content.decode()
    assert "Comentar «" not in response.content.decode()
    sent = client.post(
        reverse("approval:review", args=[state.pk]), {"action": "comment", "path": "title", "text": "x"}
    )
    assert sent.status_code == 409
