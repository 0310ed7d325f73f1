"""Comments in a bundle's screen: the threads and form of the review, page by page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Comment, CommentReply

from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.decisions import build_token
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.queries import load_items
from abierto.bundles.services import approve_bundle, submit_bundle, withdraw_bundle
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from tests import factories
from tests.abierto.approval.newsroom import draft_update, fresh, newsroom, person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room():
    """A newsroom with a bundle of two pages, each with a new title."""
    room = newsroom()
    report = factories.StandardPageFactory(parent=room.home, title="El trimestre", owner=room.editor)
    room.pages = [draft_update(room), report]
    for page in room.pages:
        page.save_revision(user=room.editor)
    room.bundle = submit_bundle(Bundle(name="Enero a marzo"), room.pages, room.editor)
    room.items = {item.page_id: item for item in load_items(room.bundle)}
    room.screen = reverse("bundles:detail", args=[room.bundle.pk])
    return room


@pytest.fixture
def reviewer(client, room):
    client.force_login(room.reviewer)
    return client


def review_of(room, page) -> int:
    return room.items[page.pk].workflow_state.current_task_state_id


def post_comment(client, room, page, text, path="title", **more):
    sent = {"action": "comment", "review": review_of(room, page), "path": path, "key": path, "text": text}
    return client.post(room.screen, sent | more)


def panel_of(html: str, room, page) -> str:
    """Return the part of the screen about one page."""
    parts = re.split(r'id="(pagina-\d+)-section"', html)
    return parts[parts.index(f"pagina-{room.items[page.pk].pk}") + 1]


def given(room) -> dict[str, str]:
    tokens = {
        f"token-{item.pk}": build_token(item.workflow_state.current_task_state.revision)
        for item in room.items.values()
    }
    return {"action": "approve", "comment": "Bien.", **tokens}


def test_a_comment_is_saved_on_its_page_and_redirects_to_its_field(reviewer, room):
    update, report = room.pages

    response = post_comment(reviewer, room, report, "¿No es el segundo?", mention="@editora")

    comment = Comment.objects.get()
    html = reviewer.get(room.screen).content.decode()
    address, _hash, place = response["Location"].partition("#")
    assert (address, f'id="{place}"' in html) == (room.screen, True)
    assert (comment.page_id, comment.user, comment.contentpath) == (report.pk, room.reviewer, "title")
    assert comment.text == "@editora ¿No es el segundo?"
    assert "¿No es el segundo?" in panel_of(html, room, report)
    assert "¿No es el segundo?" not in panel_of(html, room, update)
    assert "Comentar «Título»" in panel_of(html, room, update)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_the_review_of_the_page_shows_the_same_thread(reviewer, room):
    post_comment(reviewer, room, room.pages[0], "¿De dónde sale?")

    review_page = reviewer.get(reverse("approval:review", args=[review_of(room, room.pages[0])]))

    assert "¿De dónde sale?" in review_page.content.decode()


def test_a_comment_is_answered_and_resolved(reviewer, room):
    page = room.pages[1]
    post_comment(reviewer, room, page, "¿De dónde sale?")
    comment = Comment.objects.get()
    sent = {"review": review_of(room, page), "comment": comment.pk}

    reviewer.post(room.screen, sent | {"action": "answer", "text": "Del acta."})
    reviewer.post(room.screen, sent | {"action": "resolve"})

    comment.refresh_from_db()
    assert comment.replies.get().text == "Del acta."
    assert comment.resolved_by == room.reviewer
    assert "¿De dónde sale?" not in reviewer.get(room.screen).content.decode()


def test_errors_are_shown_beside_the_field_with_the_submitted_text(reviewer, room):
    update, report = room.pages

    html = post_comment(reviewer, room, report, "a" * 2001).content.decode()

    assert "Son demasiadas letras" in panel_of(html, room, report)
    assert "a" * 2001 in panel_of(html, room, report)
    assert "a" * 2001 not in panel_of(html, room, update)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("how", ["withdrawn", "sent again", "nonsense"])
def test_a_finished_review_takes_no_comments_and_returns_the_text(reviewer, room, how):
    page = room.pages[1]
    number = review_of(room, page)
    if how == "withdrawn":
        withdraw_bundle(room.bundle, room.editor)
    elif how == "sent again":
        room.items[page.pk].workflow_state.cancel(user=room.editor)
        state = page.get_workflow().start(fresh(page), room.editor)
        room.bundle.items.filter(page=page.pk).update(workflow_state=state)
    else:
        number = "9" * 30

    response = post_comment(reviewer, room, page, "Falta la fuente.", review=number)

    assert response.status_code == 409
    assert "Falta la fuente." in response.content.decode()
    assert not Comment.objects.exists()


def test_a_comment_of_another_page_is_neither_answered_nor_resolved(reviewer, room):
    update, report = room.pages
    post_comment(reviewer, room, update, "¿De dónde sale?")
    comment = Comment.objects.get()

    for action in ("answer", "resolve"):
        sent = {"action": action, "review": review_of(room, report), "comment": comment.pk, "text": "Hola"}
        assert reviewer.post(room.screen, sent).status_code == 409

    comment.refresh_from_db()
    assert (comment.resolved_at, comment.replies.count()) == (None, 0)


def test_only_the_reviewer_of_a_page_reads_and_writes_comments(client, room):
    groups = get_or_create_groups("Norte")
    workflow = create_review_workflow("Norte", groups.reviewers)
    north = create_space(SpaceKind.INSTITUTION, "Norte", "norte", workflow)
    withdraw_bundle(room.bundle, room.editor)
    assign_root(north, room.commitment)
    room.bundle = submit_bundle(Bundle(name="Dos casas"), [fresh(page) for page in room.pages], room.editor)
    room.items = {item.page_id: item for item in load_items(room.bundle)}
    room.screen = reverse("bundles:detail", args=[room.bundle.pk])
    update, report = room.pages
    Comment.objects.create(page=update, user=room.both, text="Secreto", contentpath="title")

    client.force_login(person("revisora_norte", groups.reviewers))
    assert post_comment(client, room, report, "Hola").status_code == 404
    assert post_comment(client, room, update, "Hola").status_code == 302
    client.force_login(room.editor)
    assert post_comment(client, room, report, "Hola").status_code == 404
    screen = client.get(room.screen).content.decode()

    assert Comment.objects.get(text="Hola").page_id == update.pk
    assert "El trimestre" in screen
    assert "Secreto" not in screen
    assert "Comentar «" not in screen


def test_approving_with_open_comments_needs_a_confirmation(reviewer, room):
    post_comment(reviewer, room, room.pages[0], "¿De dónde sale?")

    question = reviewer.post(room.screen, given(room)).content.decode()
    room.bundle.refresh_from_db()
    assert "Quedan comentarios abiertos" in question
    assert 'name="with_open"' in question
    assert "Bien.</textarea>" in question
    assert room.bundle.status == BundleStatus.SENT

    reviewer.post(room.screen, given(room) | {"with_open": "on"})
    room.bundle.refresh_from_db()
    assert room.bundle.status == BundleStatus.DONE
    assert all(fresh(page).live for page in room.pages)


def test_resolved_comments_need_no_confirmation(reviewer, room):
    page = room.pages[0]
    post_comment(reviewer, room, page, "¿De dónde sale?")
    resolving = {"action": "resolve", "review": review_of(room, page), "comment": Comment.objects.get().pk}
    reviewer.post(room.screen, resolving)

    assert 'name="with_open"' not in reviewer.get(room.screen).content.decode()
    reviewer.post(room.screen, given(room))
    room.bundle.refresh_from_db()
    assert room.bundle.status == BundleStatus.DONE


def test_a_comment_does_not_change_the_approved_version(reviewer, room):
    tokens = {
        item.pk: build_token(item.workflow_state.current_task_state.revision) for item in room.items.values()
    }
    for page in room.pages:
        post_comment(reviewer, room, page, "Mira.")

    approve_bundle(room.bundle, room.reviewer, tokens, "")

    assert all(fresh(page).live for page in room.pages)


def test_the_number_of_comments_adds_no_queries(reviewer, room):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reviewer.get(room.screen).status_code == 200
        return len(queries)

    for page in room.pages:
        post_comment(reviewer, room, page, "Uno")
    reviewer.get(room.screen)
    few = cost()
    for page in room.pages:
        for path in ("title", "slug", "title"):
            comment = Comment.objects.create(page=page, user=room.both, text="Más", contentpath=path)
            CommentReply.objects.create(comment=comment, user=room.editor, text="Ya")

    assert cost() == few
