"""Comments on a field: from the review's screen and from the editor, with mentions, and never in public."""

from difflib import ndiff
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection, transaction
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail import admin as wagtail_admin
from wagtail.models import Comment, CommentReply, TaskState

from abierto.editorial.commenting.mentions import called_in
from abierto.editorial.commenting.panels import mentions_of
from abierto.editorial.commenting.places import is_there, labels_of
from abierto.editorial.errors import NotAllowed
from abierto.editorial.models import ReviewTask
from abierto.editorial.review.decisions import authors_of, token_of
from abierto.editorial.review.workflows import review_workflow
from abierto.editorial.roles import grants
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import create_space, space_groups
from tests.abierto.editorial.newsroom import (
    approve,
    approved_revision,
    draft_update,
    fresh,
    ledger,
    newsroom,
    person,
    submit,
)
from tests.pages.admin.worlds import opened, posted

pytestmark = pytest.mark.django_db


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
    """The review, as the reviewer sees it."""
    client.force_login(room.reviewer)
    return reverse("editorial:review", args=[state.pk])


def stranger():
    """Return somebody of another space."""
    groups = space_groups("Otro")
    create_space(SpaceKind.MUNICIPALITY, "Otro", "otro", review_workflow("Otro", groups.reviewers))
    return person("vecina", groups.editors, last_name="De Otro Lugar")


def say(client, screen, text, path="narrative", **more):
    return client.post(screen, {"action": "comment", "path": path, "text": text, "key": path} | more)


def letters():
    """Return the letters about mentions; Wagtail sends others."""
    return [letter for letter in mail.outbox if letter.subject.startswith("Te mencionaron")]


def first_row(update):
    return f"rows.{update.rows.all()[0].action_key}.percent"


class TestPlaces:
    def test_a_field_a_row_and_a_block_are_there_until_they_go(self, update):
        row = update.rows.all()[0]
        row.evidence = [("evidence", {"title": "Acta", "kind": "cited"})]
        block = row.evidence[0]
        block.id = "a1"
        update.rows = [row]

        for path in ("narrative", first_row(update), f"rows.{row.action_key}.evidence.a1.title"):
            assert is_there(update, path), path
        for path in ("", "nada", "rows.otra.percent", f"rows.{row.action_key}.evidence.b2", "title.x", "pk"):
            assert not is_there(update, path), path
        assert labels_of(update, [first_row(update)]) == {first_row(update): "Acción 1. Acción 1, porcentaje"}


class TestOnTheReview:
    def test_a_comment_is_kept_beside_its_field_and_changes_nothing_else(self, client, room, state, screen):
        token = token_of(state.revision)

        response = say(client, screen, "¿De dónde sale?", first_row(fresh(state.revision.content_object)))

        comment = Comment.objects.get()
        assert response.status_code == 302
        assert (comment.user, comment.text) == (room.reviewer, "¿De dónde sale?")
        assert comment.revision_created == state.revision
        assert token_of(state.revision) == token
        assert authors_of(state.revision) == {room.editor.pk}
        assert "¿De dónde sale?" in client.get(screen).content.decode()
        approve(TaskState.objects.get(pk=state.pk), room.reviewer)
        assert fresh(state.revision.content_object).live

    def test_it_is_answered_and_resolved(self, client, room, screen):
        say(client, screen, "¿De dónde sale?")
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
    def test_empty_and_too_long_are_told_and_given_back(self, client, screen, text, sentence):
        response = say(client, screen, text, "title")

        assert sentence in response.content.decode()
        assert "a" * 2001 in response.content.decode() or not text.strip()
        assert not Comment.objects.exists()

    @pytest.mark.parametrize("path", ["nada", "rows.8f14e45f.percent", "evidence.b2.title"])
    def test_a_field_that_is_gone_is_told_and_what_was_typed_given_back(self, client, screen, path):
        response = say(client, screen, "Falta la fuente.", path)

        assert response.status_code == 409
        assert "Ese campo ya no está en el borrador" in response.content.decode()
        assert "Falta la fuente." in response.content.decode()
        assert not Comment.objects.exists()

    @pytest.mark.parametrize("how", ["decided", "withdrawn"])
    def test_a_review_that_is_over_takes_no_comments(self, client, room, state, screen, how):
        if how == "decided":
            approve(state, room.reviewer)
        else:
            state.workflow_state.cancel(user=room.editor)

        response = say(client, screen, "Falta la fuente.")

        assert response.status_code == 409
        assert "ya se resolvió o se canceló" in response.content.decode()
        assert "Falta la fuente." in response.content.decode()
        assert not Comment.objects.exists()

    def test_only_whoever_reviews_comments_here(self, client, room, screen):
        client.force_login(room.editor)

        assert say(client, screen, "Hola").status_code == 404
        assert not Comment.objects.exists()

    def test_a_comment_of_another_page_is_not_answered_here(self, client, room, screen):
        other = Comment.objects.create(page=room.commitment, user=room.editor, text="x", contentpath="title")

        answered = client.post(screen, {"action": "answer", "comment": other.pk, "text": "Hola"})
        resolved = client.post(screen, {"action": "resolve", "comment": other.pk})

        other.refresh_from_db()
        assert (answered.status_code, resolved.status_code) == (409, 409)
        assert not other.replies.exists()
        assert other.resolved_at is None

    def test_approving_with_open_comments_asks_first(self, client, room, state, screen):
        say(client, screen, "¿De dónde sale?")
        decision = {"action": "approve", "token": token_of(state.revision), "comment": ""}

        asked = client.post(screen, decision)
        assert "Quedan comentarios abiertos" in asked.content.decode()
        assert not fresh(state.revision.content_object).live

        client.post(screen, decision | {"with_open": "on"})
        assert fresh(state.revision.content_object).live

    def test_the_author_of_what_came_back_reads_them_above_the_form(
        self, client, room, update, state, screen
    ):
        say(client, screen, "¿De dónde sale?", first_row(update))
        ReviewTask.objects.get(pk=state.task_id).on_action(state, room.reviewer, "reject", comment="Mira.")
        client.force_login(room.editor)

        page = client.get(reverse("wagtailadmin_pages:edit", args=[update.pk])).content.decode()

        assert "<strong>Acción 1. Acción 1, porcentaje</strong>: «¿De dónde sale?»" in page
        assert f'"contentpath": "{first_row(update)}"' in page
        assert f'data-contentpath="{first_row(update).removesuffix(".percent")}"' in page

    def test_the_screen_costs_the_same_with_many_comments(self, client, room, update, state, screen):
        def cost():
            with CaptureQueriesContext(connection) as asked:
                assert client.get(screen).status_code == 200
            return len(asked)

        say(client, screen, "Uno", first_row(update))
        client.get(screen)
        few = cost()
        for path in (first_row(update), "title", "narrative", "declared_note"):
            comment = Comment.objects.create(page=update, user=room.both, text="Más", contentpath=path)
            CommentReply.objects.create(comment=comment, user=room.editor, text="Ya")

        assert cost() == few

    def test_it_never_reaches_the_public(self, client, room, state, screen):
        say(client, screen, "Secreto a voces")
        approve(TaskState.objects.get(pk=state.pk), room.reviewer)
        client.logout()

        live = fresh(state.revision.content_object)
        assert "Secreto a voces" not in client.get(live.url).content.decode()


class TestMentions:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("@ana, mira", ["ana"]),
            ("mira @ana.", ["ana"]),
            ("(@ana.maria@gto.mx)", ["ana.maria@gto.mx"]),
            ("escribe a ana@gto.mx", []),
            ("@ solo", []),
        ],
    )
    def test_who_is_called(self, text, names):
        assert list(called_in(text)) == names

    def test_whoever_is_called_gets_a_letter_and_finds_it(
        self, client, room, update, screen, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            say(client, screen, "Falta la fuente", mention="@Editora")

        (letter,) = letters()
        comment = Comment.objects.get()
        assert letter.to == [room.editor.email]
        assert "Falta la fuente" in letter.body
        assert f"{reverse('wagtailadmin_pages:edit', args=[update.pk])}?comment={comment.pk}" in letter.body
        assert mentions_of(room.editor) == [comment]
        assert mentions_of(room.both) == []

    def test_somebody_of_another_space_is_not_told_nor_named(
        self, client, room, screen, django_capture_on_commit_callbacks
    ):
        other = stranger()
        with django_capture_on_commit_callbacks(execute=True):
            say(client, screen, "@vecina ¿y tú? @nadie")
            page = client.get(screen).content.decode()

        assert letters() == []
        assert mentions_of(other) == []
        assert other.last_name not in page
        assert "se llama @vecina: no se avisó" in page
        assert "se llama @nadie: no se avisó" in page
        assert 'value="@editora"' in page
        assert 'value="@vecina"' not in page

    def test_an_edit_tells_only_whom_it_adds(self, room, update, django_capture_on_commit_callbacks):
        comment = Comment.objects.create(
            page=update, user=room.reviewer, text="@editora mira", contentpath="title"
        )
        with django_capture_on_commit_callbacks(execute=True):
            comment.text = "@editora y @ambas, miren"
            comment.save()
            comment.save()

        assert [letter.to for letter in letters()] == [[room.both.email]]

    def test_a_comment_written_in_the_editor_calls_too(
        self, client, room, update, django_capture_on_commit_callbacks
    ):
        update.save_revision(user=room.editor)
        client.force_login(room.editor)
        with django_capture_on_commit_callbacks(execute=True):
            in_the_editor(client, update, "@revisora ¿así está bien?")

        assert [letter.to for letter in letters()] == [[room.reviewer.email]]


def in_the_editor(client, page, text, path="narrative", **more):
    """Save the form with one comment more, as Wagtail's script sends it."""
    form = opened(client, page) | {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "comments-0-id": "",
        "comments-0-text": text,
        "comments-0-contentpath": path,
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "",
    }
    return posted(client, page, form | more)


class TestInTheEditor:
    def test_a_row_that_people_add_themselves_takes_comments_too(self, client, room):
        client.force_login(room.editor)
        action = room.commitment.actions.all()[0]

        page = client.get(reverse("wagtailadmin_pages:edit", args=[room.commitment.pk])).content.decode()

        assert f'data-contentpath="actions.{action.translation_key}"' in page
        assert is_there(room.commitment, f"actions.{action.translation_key}.title")

    def test_the_rows_are_drawn_as_wagtail_draws_them(self):
        """Ours differs in where comments hang, and in nothing else: a new Wagtail may draw them otherwise."""
        name = "wagtailadmin/panels/inline_panel_child.html"
        ours = Path(get_template(name).origin.name).read_text()
        theirs = (Path(wagtail_admin.__file__).parent / "templates" / name).read_text()

        differ = [line for line in ndiff(theirs.splitlines(), ours.splitlines()) if line[:2] in ("- ", "+ ")]
        assert [line.split()[1] for line in differ] == ["{%", "{%", "<div", "<div"]

    def test_a_comment_alone_is_no_version_and_voids_no_review(self, client, room, update, state):
        client.force_login(room.reviewer)
        in_the_editor(client, update, "¿De dónde sale?", first_row(update))

        assert Comment.objects.get().contentpath == first_row(update)
        assert fresh(update).latest_revision_id == state.revision_id
        assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS
        approve(TaskState.objects.get(pk=state.pk), room.reviewer)
        assert ledger(update) == ["review"]

    def test_a_comment_with_a_change_is_a_version(self, client, room, update, state):
        client.force_login(room.reviewer)
        in_the_editor(client, update, "Lo corregí yo", title="Otro título")

        assert Comment.objects.count() == 1
        assert fresh(update).latest_revision_id != state.revision_id
        assert room.reviewer.pk in authors_of(fresh(update).latest_revision)
        assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_CANCELLED

    def test_a_comment_on_a_live_page_leaves_its_row_alone(self, client, room, update):
        revision = approved_revision(update, room.editor, room.reviewer)
        client.force_login(room.editor)

        in_the_editor(client, fresh(update), "Para la próxima")

        live = fresh(update)
        assert Comment.objects.count() == 1
        assert (live.live_revision_id, live.latest_revision_id) == (revision.pk, revision.pk)
        assert not live.has_unpublished_changes


class TestOwnWords:
    """Below the views: the signals meet whatever writes."""

    @pytest.fixture
    def comment(self, room, update):
        return Comment.objects.create(page=update, user=room.editor, text="Mío", contentpath="title")

    @pytest.fixture
    def reviewer_acts(self, room, comment, monkeypatch):
        monkeypatch.setattr("abierto.editorial.commenting.receivers.actor", lambda: room.reviewer)

    def test_nobody_changes_takes_or_deletes_what_another_wrote(self, room, comment, reviewer_acts):
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

    def test_nobody_writes_in_anothers_name(self, room, comment, reviewer_acts):
        with pytest.raises(NotAllowed):
            CommentReply.objects.create(comment=comment, user=room.editor, text="Sí")
        with pytest.raises(NotAllowed):
            Comment.objects.create(page=comment.page, user=room.editor, text="Sí", contentpath="title")

    def test_another_may_resolve_and_a_page_takes_its_comments_with_it(
        self, room, update, comment, reviewer_acts
    ):
        comment.resolved_at, comment.resolved_by = timezone.now(), room.reviewer
        comment.save()
        fresh(update).delete()

        assert not Comment.objects.exists()


def test_who_acts_is_known_below_the_views():
    assert grants.actor() is None
