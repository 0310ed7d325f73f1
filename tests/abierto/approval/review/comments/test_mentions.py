"""Mentions in comments and their notifications."""

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import Comment

from abierto.approval.review.comments.mentions import iter_mentioned_names
from abierto.approval.review.comments.panels import load_mentions
from tests.abierto.approval.review.comments.comment_helpers import (
    in_the_editor,
    mention_emails,
    post_comment,
    stranger,
)

pytestmark = pytest.mark.django_db


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
    def test_mentioned_names_are_found(self, text, names):
        assert list(iter_mentioned_names(text)) == names

    def test_a_mentioned_user_gets_an_email_and_a_dashboard_entry(
        self, client, room, update, screen, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            post_comment(client, screen, "Falta la fuente", mention="@Editora")

        (letter,) = mention_emails()
        comment = Comment.objects.get()
        assert letter.to == [room.editor.email]
        assert "Falta la fuente" in letter.body
        assert f"{reverse('wagtailadmin_pages:edit', args=[update.pk])}\n" in letter.body
        assert load_mentions(room.editor) == [comment]
        assert load_mentions(room.both) == []

    def test_the_link_of_a_mentioned_reviewer_opens_for_her(
        self, client, room, update, screen, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            post_comment(client, screen, "Falta la fuente", mention="@ambas")

        (letter,) = mention_emails()
        (address,) = [line for line in letter.body.splitlines() if line.startswith("http")]
        client.force_login(room.both)
        assert address.endswith(screen)
        assert client.get(screen).status_code == 200

    def test_the_email_about_a_reply_links_to_what_its_reader_may_open(self, room, update, screen):
        comment = Comment(page=update, user=room.reviewer, text="¿Y la fuente?", contentpath="title")
        addresses = {}
        for user in (room.reviewer, room.editor):
            context = {"page": update, "user": user, "editor": room.both, "new_comments": [comment]}
            letter = render_to_string("wagtailadmin/notifications/updated_comments.txt", context)
            addresses[user] = letter.strip().splitlines()[-1]
            assert "¿Y la fuente?" in letter

        assert addresses[room.reviewer].endswith(screen)
        assert addresses[room.editor].endswith(reverse("wagtailadmin_pages:edit", args=[update.pk]))

    def test_a_user_of_another_space_is_not_notified_nor_named(
        self, client, room, screen, django_capture_on_commit_callbacks
    ):
        other = stranger()
        with django_capture_on_commit_callbacks(execute=True):
            post_comment(client, screen, "@vecina ¿y tú? @nadie")
            page = client.get(screen).content.decode()

        assert mention_emails() == []
        assert load_mentions(other) == []
        assert other.last_name not in page
        assert "se llama @vecina: no se avisó" in page
        assert "se llama @nadie: no se avisó" in page
        assert 'value="@editora"' in page
        assert 'value="@vecina"' not in page

    def test_an_edit_notifies_only_new_mentions(self, room, update, django_capture_on_commit_callbacks):
        comment = Comment.objects.create(
            page=update, user=room.reviewer, text="@editora mira", contentpath="title"
        )
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            comment.text = "@editora y @ambas, miren"
            comment.save()
            comment.save()

        assert [letter.to for letter in mention_emails()] == [[room.both.email]]

    def test_a_comment_in_the_editor_notifies_mentions(
        self, client, room, update, django_capture_on_commit_callbacks
    ):
        update.save_revision(user=room.editor)
        client.force_login(room.editor)
        with django_capture_on_commit_callbacks(execute=True):
            in_the_editor(client, update, "@revisora ¿así está bien?")

        assert [letter.to for letter in mention_emails()] == [[room.reviewer.email]]
