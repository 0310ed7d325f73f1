"""Comments on a field in the review screen; never public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Comment, CommentReply, TaskState

from abierto.approval.models import ReviewTask
from abierto.approval.review.comments.content_paths import build_path_labels, has_content_path
from abierto.approval.review.decisions import build_token
from abierto.approval.review.eligibility import find_author_ids
from tests.abierto.approval.newsroom import approve, fresh
from tests.abierto.approval.review.comments.comment_helpers import first_row, post_comment

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class TestContentPaths:
    def test_paths_of_fields_rows_and_blocks_exist_until_removed(self, update):
        row = update.rows.all()[0]
        row.evidence = [("evidence", {"title": "Acta", "kind": "cited"})]
        block = row.evidence[0]
        block.id = "a1"
        update.rows = [row]

        for path in ("narrative", first_row(update), f"rows.{row.action_key}.evidence.a1.title"):
            assert has_content_path(update, path), path
        for path in ("", "nada", "rows.otra.percent", f"rows.{row.action_key}.evidence.b2", "title.x", "pk"):
            assert not has_content_path(update, path), path
        assert build_path_labels(update, [first_row(update)]) == {
            first_row(update): "Acción 1. Acción 1, porcentaje"
        }


class TestReviewScreen:
    def test_a_comment_is_saved_with_its_field_and_changes_nothing_else(self, client, room, state, screen):
        token = build_token(state.revision)

        response = post_comment(
            client, screen, "¿De dónde sale?", first_row(fresh(state.revision.content_object))
        )

        comment = Comment.objects.get()
        assert response.status_code == 302
        assert (comment.user, comment.text) == (room.reviewer, "¿De dónde sale?")
        assert comment.revision_created == state.revision
        assert build_token(state.revision) == token
        assert find_author_ids(state.revision) == {room.editor.pk}
        assert "¿De dónde sale?" in client.get(screen).content.decode()
        approve(TaskState.objects.get(pk=state.pk), room.reviewer)
        assert fresh(state.revision.content_object).live

    def test_a_comment_is_answered_and_resolved(self, client, room, screen):
        post_comment(client, screen, "¿De dónde sale?")
        comment = Comment.objects.get()

        client.post(screen, {"action": "answer", "comment": comment.pk, "text": "Del acta."})
        client.post(screen, {"action": "resolve", "comment": comment.pk})

        comment.refresh_from_db()
        assert comment.replies.get().text == "Del acta."
        assert comment.resolved_by == room.reviewer
        assert "¿De dónde sale?" not in client.get(screen).content.decode()

    @pytest.mark.parametrize(
        ("text", "sentence"), [("  ", "Escribe tu comentario."), ("a" * 2001, "Son demasiadas letras")]
    )
    def test_empty_and_long_comments_are_refused_and_returned(self, client, screen, text, sentence):
        response = post_comment(client, screen, text, "title")

        assert sentence in response.content.decode()
        assert "a" * 2001 in response.content.decode() or not text.strip()
        assert not Comment.objects.exists()

    @pytest.mark.parametrize("path", ["nada", "rows.8f14e45f.percent", "evidence.b2.title"])
    def test_a_comment_on_a_removed_field_is_refused_and_returned(self, client, screen, path):
        response = post_comment(client, screen, "Falta la fuente.", path)

        assert response.status_code == 409
        assert "Ese campo ya no está en el borrador" in response.content.decode()
        assert "Falta la fuente." in response.content.decode()
        assert not Comment.objects.exists()

    @pytest.mark.parametrize("how", ["decided", "withdrawn"])
    def test_a_finished_review_takes_no_comments(self, client, room, state, screen, how):
        if how == "decided":
            approve(state, room.reviewer)
        else:
            state.workflow_state.cancel(user=room.editor)

        response = post_comment(client, screen, "Falta la fuente.")

        assert response.status_code == 409
        assert "ya se resolvió o se canceló" in response.content.decode()
        assert "Falta la fuente." in response.content.decode()
        assert not Comment.objects.exists()

    def test_only_the_reviewer_comments_on_the_review(self, client, room, screen):
        client.force_login(room.editor)

        assert post_comment(client, screen, "Hola").status_code == 404
        assert not Comment.objects.exists()

    def test_a_comment_of_another_page_cannot_be_answered(self, client, room, screen):
        other = Comment.objects.create(page=room.commitment, user=room.editor, text="x", contentpath="title")

        answered = client.post(screen, {"action": "answer", "comment": other.pk, "text": "Hola"})
        resolved = client.post(screen, {"action": "resolve", "comment": other.pk})

        other.refresh_from_db()
        assert (answered.status_code, resolved.status_code) == (409, 409)
        assert not other.replies.exists()
        assert other.resolved_at is None

    def test_approving_with_open_comments_needs_a_confirmation(self, client, room, state, screen):
        post_comment(client, screen, "¿De dónde sale?")
        decision = {"action": "approve", "token": build_token(state.revision), "comment": ""}

        question = client.post(screen, decision)
        assert "Quedan comentarios abiertos" in question.content.decode()
        assert not fresh(state.revision.content_object).live

        client.post(screen, decision | {"with_open": "on"})
        assert fresh(state.revision.content_object).live

    def test_the_author_sees_the_comments_above_the_form(self, client, room, update, state, screen):
        post_comment(client, screen, "¿De dónde sale?", first_row(update))
        ReviewTask.objects.get(pk=state.task_id).on_action(state, room.reviewer, "reject", comment="Mira.")
        client.force_login(room.editor)

        page = client.get(reverse("wagtailadmin_pages:edit", args=[update.pk])).content.decode()

        assert "<strong>Acción 1. Acción 1, porcentaje</strong>: «¿De dónde sale?»" in page
        assert f'"contentpath": "{first_row(update)}"' in page
        assert f'data-contentpath="{first_row(update).removesuffix(".percent")}"' in page

    def test_the_number_of_comments_adds_no_queries(self, client, room, update, state, screen):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(screen).status_code == 200
            return len(queries)

        post_comment(client, screen, "Uno", first_row(update))
        client.get(screen)
        few = cost()
        for path in (first_row(update), "title", "narrative", "declared_note"):
            comment = Comment.objects.create(page=update, user=room.both, text="Más", contentpath=path)
            CommentReply.objects.create(comment=comment, user=room.editor, text="Ya")

        assert cost() == few

    def test_the_text_of_a_comment_is_not_measured_as_text_of_the_page(self, client, screen, state):
        def measure():
            shown = client.get(screen).context["plain_language"]  # None where no text is measured
            return shown and shown.after.review.findings

        before = measure()
        post_comment(client, screen, "El acta fue aprobada. " * 6)

        assert Comment.objects.count() == 1
        assert measure() == before

    def test_a_comment_is_never_public(self, client, room, state, screen):
        post_comment(client, screen, "Secreto a voces")
        approve(TaskState.objects.get(pk=state.pk), room.reviewer)
        client.logout()

        live = fresh(state.revision.content_object)
        assert "Secreto a voces" not in client.get(live.url).content.decode()
