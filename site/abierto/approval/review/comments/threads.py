"""The comment threads of a page under review: read, add, reply and resolve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment, CommentReply, Page, Revision, TaskState

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.bad_requests.keys import parse_key

from .content_paths import build_path_labels, has_content_path
from .mentions import find_mentionable_users


class CommentRefused(ReviewRefused):
    """A comment that was not saved; the response returns the submitted text."""

    heading = _("No se guardó tu comentario")

    def __init__(self, sentence: str, submitted: str) -> None:
        super().__init__(sentence)
        self.submitted = submitted


@dataclass
class CommentThreads:
    """The open comments of a page under review, with the users who may be mentioned."""

    #: The index of the review: a bundle shows several pages on one screen.
    review: int
    comments: list[Comment]
    mentionable_users: list[User] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    bound_form: Any = None

    def at(self, path: str) -> list[Comment]:
        """Return the comments at one place."""
        return [comment for comment in self.comments if comment.contentpath == path]

    def elsewhere(self, paths: set[str]) -> list[tuple[str, Comment]]:
        """Return the comments on places outside ``paths``, each with the label of its place."""
        others = (comment for comment in self.comments if comment.contentpath not in paths)
        return [(self.labels[comment.contentpath], comment) for comment in others]

    def form_at(self, key: str) -> Any:
        """Return the invalid form that was submitted at ``key``; None elsewhere."""
        return (
            self.bound_form
            if self.bound_form is not None and self.bound_form.data.get("key") == key
            else None
        )


def load_open_comments(page: Page) -> list[Comment]:
    """Return the unresolved comments of a page with their replies. Two queries."""
    answers = CommentReply.objects.select_related("user").order_by("created_at", "pk")
    comments = Comment.objects.filter(page_id=page.pk, resolved_at__isnull=True).select_related("user")
    return list(comments.order_by("created_at", "pk").prefetch_related(Prefetch("replies", answers)))


def has_open_comments(pages: Iterable[int]) -> bool:
    """Check whether some comment on the pages of these numbers is not resolved."""
    return Comment.objects.filter(page_id__in=list(pages), resolved_at__isnull=True).exists()


def load_threads(review: TaskState, draft: Any, bound_form: Any = None) -> CommentThreads | None:
    """Return the comments of a page under review; snippets have none."""
    if not isinstance(draft, Page):
        return None
    comments = load_open_comments(draft)
    labels = build_path_labels(draft, (comment.contentpath for comment in comments))
    return CommentThreads(review.pk, comments, find_mentionable_users(draft), labels, bound_form)


def add_comment(revision: Revision, user: User, path: str, text: str) -> Comment:
    """Comment on a field of the revision under review.

    Raises:
        CommentRefused: the field is no longer there.
    """
    draft = revision.as_object()
    if not isinstance(draft, Page) or not has_content_path(draft, path):
        raise CommentRefused(gettext("Ese campo ya no está en el borrador. Comenta en otro campo."), text)
    comment = Comment.objects.create(
        page_id=draft.pk, user=user, text=text, contentpath=path, revision_created=revision
    )
    comment.log_create(page_revision=revision, user=user)
    return comment


def find_open_comment(page: Page, number: str, submitted: str = "") -> Comment:
    """Return an open comment of a page.

    Raises:
        CommentRefused: the comment was deleted or resolved meanwhile, or belongs to another page.
    """
    of_page = Comment.objects.filter(page_id=page.pk, resolved_at__isnull=True)
    comments = of_page.select_for_update(of=("self",))
    comment = comments.filter(pk=key).first() if (key := parse_key(number)) is not None else None
    if comment is None:
        raise CommentRefused(gettext("Ese comentario ya se resolvió o se borró."), submitted)
    return comment


def add_reply(comment: Comment, user: User, text: str) -> CommentReply:
    reply = CommentReply.objects.create(comment=comment, user=user, text=text)
    reply.log_create(page_revision=comment.revision_created, user=user)
    return reply


def resolve_comment(comment: Comment, user: User) -> None:
    """Resolve a comment: every participant may, as in the editor."""
    comment.resolved_at, comment.resolved_by = timezone.now(), user
    comment.save()
    comment.log_resolve(page_revision=comment.revision_created, user=user)
