"""Comments in Wagtail's editor, and the guard of their authorship."""

from difflib import ndiff
from pathlib import Path

import pytest
from django.db import transaction
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from wagtail import admin as wagtail_admin
from wagtail.models import Comment, CommentReply, TaskState

from abierto.approval.errors import NotAllowed
from abierto.approval.review.comments.content_paths import has_content_path
from abierto.approval.review.eligibility import find_author_ids
from abierto.approval.roles import grants
from tests.abierto.approval.newsroom import approve, approved_revision, fresh, ledger
from tests.abierto.approval.review.comments.comment_helpers import first_row, in_the_editor, save_title

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class TestEditor:
    def test_rows_added_by_editors_take_comments(self, client, room):
        client.force_login(room.editor)
        action = room.commitment.actions.all()[0]

        page = client.get(reverse("wagtailadmin_pages:edit", args=[room.commitment.pk])).content.decode()

        assert f'data-contentpath="actions.{action.translation_key}"' in page
        assert has_content_path(room.commitment, f"actions.{action.translation_key}.title")

    def test_rows_are_rendered_as_wagtail_renders_them(self):
        """The copied template differs only in the place of comments: an update of Wagtail may change the
        original.
        """
        name = "wagtailadmin/panels/inline_panel_child.html"
        ours = Path(get_template(name).origin.name).read_text()
        theirs = (Path(wagtail_admin.__file__).parent / "templates" / name).read_text()
        theirs = theirs.replace("{% trans ", "{% translate ")  # as the project's templates spell it

        # Compared word by word: the copy wraps its lines.
        differ = [word for word in ndiff(theirs.split(), ours.split()) if word[:2] in ("- ", "+ ")]
        assert [word[2:] for word in differ if word[0] == "-"] == ["data-contentpath-disabled>"]
        assert " ".join(word[2:] for word in differ if word[0] == "+") == (
            "review_tags {% if child.form.empty_permitted %}data-contentpath-disabled{% else %} "
            'data-contentpath="{{ self.panel.relation_name }}.{{ child.form.instance|row_key }}"{% endif %}>'
        )

    def test_a_comment_makes_no_revision_and_voids_no_review(self, client, room, update, state):
        client.force_login(room.reviewer)
        in_the_editor(client, update, "¿De dónde sale?", first_row(update))

        assert Comment.objects.get().contentpath == first_row(update)
        assert fresh(update).latest_revision_id == state.revision_id
        assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS
        approve(TaskState.objects.get(pk=state.pk), room.reviewer)
        assert ledger(update) == ["review"]

    def test_a_comment_with_a_change_makes_a_revision(self, client, room, update, state):
        client.force_login(room.reviewer)
        in_the_editor(client, update, "Lo corregí yo", title="Otro título")

        assert Comment.objects.count() == 1
        assert fresh(update).latest_revision_id != state.revision_id
        assert room.reviewer.pk in find_author_ids(fresh(update).latest_revision)
        assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_CANCELLED

    def test_a_comment_on_a_live_page_does_not_change_the_page(self, client, room, update):
        revision = approved_revision(update, room.editor, room.reviewer)
        client.force_login(room.editor)

        in_the_editor(client, fresh(update), "Para la próxima")

        live = fresh(update)
        assert Comment.objects.count() == 1
        assert (live.live_revision_id, live.latest_revision_id) == (revision.pk, revision.pk)
        assert not live.has_unpublished_changes


class TestResolved:
    """A resolved comment remains stored when its page is saved, reviewed and published by other users."""

    @pytest.fixture
    def resolved(self, room, update):
        comment = Comment.objects.create(
            page=update,
            user=room.reviewer,
            text="¿Y el acta?",
            contentpath="title",
            resolved_at=timezone.now(),
            resolved_by=room.editor,
        )
        CommentReply.objects.create(comment=comment, user=room.editor, text="Ya está")
        return comment

    @pytest.mark.parametrize("is_live", [False, True], ids=["never published", "live"])
    def test_the_author_saves_the_page_again(self, client, room, update, resolved, is_live):
        if is_live:
            approved_revision(update, room.editor, room.reviewer)
        client.force_login(room.editor)

        for title in ("Otro título", "Un tercer título"):
            assert save_title(client, fresh(update), title).status_code == 302

        assert fresh(update).get_latest_revision_as_object().title == "Un tercer título"
        assert CommentReply.objects.get().comment == resolved

    def test_a_comment_is_added_beside_it(self, client, room, update, resolved):
        client.force_login(room.editor)
        in_the_editor(client, fresh(update), "Otra cosa")

        assert Comment.objects.count() == 2

    @pytest.mark.parametrize("approver", ["reviewer", "both"])
    def test_the_page_is_approved(self, room, update, resolved, approver):
        approved_revision(update, room.editor, getattr(room, approver))

        assert fresh(update).live
        assert CommentReply.objects.get().comment == resolved


class TestAuthorship:
    """The signal receivers check every write, without a view."""

    @pytest.fixture
    def comment(self, room, update):
        return Comment.objects.create(page=update, user=room.editor, text="Mío", contentpath="title")

    @pytest.fixture
    def reviewer_acts(self, room, comment, monkeypatch):
        monkeypatch.setattr("abierto.approval.review.comments.receivers.acting_user", lambda: room.reviewer)

    def test_a_user_cannot_change_or_delete_another_users_comment(self, room, comment, reviewer_acts):
        comment.text = "Tuyo"
        with pytest.raises(NotAllowed):
            comment.save()
        comment.refresh_from_db()
        comment.user = room.reviewer
        with pytest.raises(NotAllowed):
            comment.save()
        comment.refresh_from_db()
        for deletion in (comment.delete, Comment.objects.all().delete):
            with pytest.raises(NotAllowed), transaction.atomic():
                deletion()

        assert Comment.objects.get().user == room.editor

    def test_a_user_cannot_comment_in_another_users_name(self, room, comment, reviewer_acts):
        with pytest.raises(NotAllowed):
            CommentReply.objects.create(comment=comment, user=room.editor, text="Sí")
        with pytest.raises(NotAllowed):
            Comment.objects.create(page=comment.page, user=room.editor, text="Sí", contentpath="title")

    def test_others_may_resolve_and_deleting_a_page_deletes_its_comments(
        self, room, update, comment, reviewer_acts
    ):
        comment.resolved_at, comment.resolved_by = timezone.now(), room.reviewer
        comment.save()
        fresh(update).delete()

        assert not Comment.objects.exists()


def test_the_current_user_is_known_in_signal_receivers():
    assert grants.acting_user() is None
