"""Tags and filters of the review templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from wagtail.models import Comment, Revision, TaskState, WorkflowState

from abierto.accounts.models import User
from abierto.approval.models.task import filter_decidable_steps
from abierto.approval.review import comparison, decisions, steps
from abierto.approval.review import inline_rows as rows
from abierto.approval.review.comments.threads import CommentThreads
from abierto.approval.review.eligibility import find_author_ids
from abierto.approval.review.reviewed_warnings import ReviewedWarning, load_reviewed_warnings

register = template.Library()


@register.simple_tag(takes_context=True)
def review_changes(context: dict[str, Any], revision: Revision) -> comparison.Comparison:
    """Return the public changes that publishing ``revision`` would make."""
    viewer, live = context["request"].user, comparison.load_live_version(revision)
    return comparison.compare_versions(live, revision.as_object(), viewer)


@register.simple_tag(takes_context=True)
def review_draft_rows(context: dict[str, Any], changes: comparison.Comparison) -> list[DraftRow]:
    """Return the objects that the new version refers to and that would not be public with it."""
    return load_draft_rows(context["request"].user, changes.draft_rows)


@register.filter
def comments_at(threads: CommentThreads, path: str) -> list[Comment]:
    """Return the comments at one place of the page."""
    return threads.at(path)


@register.filter
def comments_elsewhere(threads: CommentThreads, paths: set[str]) -> list[tuple[str, Comment]]:
    """Return the comments at none of these places."""
    return threads.elsewhere(paths)


@register.filter
def form_at(threads: CommentThreads, key: str) -> Any:
    """Return the invalid form that was submitted at one place."""
    return threads.form_at(str(key))


@register.filter
def row_key(row: Any) -> str:
    """Return the key of an inline row, to which its comments are attached."""
    return rows.row_key(row)


@register.simple_tag
def review_authors(revision: Revision) -> list[User]:
    """Return the authors of the version, none of whom may approve it."""
    return list(User.objects.filter(pk__in=find_author_ids(revision)).order_by("pk"))


@register.simple_tag
def review_token(revision: Revision) -> str:
    """Return the token for the form: the revision shown and its content hash."""
    return decisions.build_token(revision)


@register.simple_tag
def review_warnings(revision: Revision) -> list[ReviewedWarning]:
    """Return the warnings of the version, each with its confirmation."""
    return load_reviewed_warnings(revision.as_object())


@register.simple_tag
def review_step(task_state: TaskState) -> steps.ReviewStep:
    """Return the current step of a review."""
    return steps.load_step(task_state)


@dataclass(frozen=True)
class DraftRow:
    """A referenced row that is not public, with its review."""

    row: Any
    is_under_review: bool
    #: The review's URL, for its reviewers.
    review_url: str

    @property
    def kind(self) -> str:
        """The model label and the publication status."""
        return f"{self.row._meta.verbose_name}, {self.row.status_string}"


def load_draft_rows(user: User, rows: Sequence[Any]) -> list[DraftRow]:
    """Return ``rows`` with their reviews. One query; none for no rows."""
    if not rows:
        return []
    types = {type(row): ContentType.objects.get_for_model(row).pk for row in rows}
    steps = filter_decidable_steps(user.groups.values("pk"), user).filter(
        pk=OuterRef("current_task_state__task")
    )
    states = WorkflowState.objects.filter(
        base_content_type__in=types.values(),
        object_id__in=[str(row.pk) for row in rows],
        status=WorkflowState.STATUS_IN_PROGRESS,
    ).annotate(is_reviewer=Exists(steps))
    reviews = {(state.base_content_type_id, state.object_id): state for state in states}
    return [_build_draft_row(row, reviews.get((types[type(row)], str(row.pk)))) for row in rows]


def _build_draft_row(row: Any, state: Any) -> DraftRow:
    is_reviewer = state is not None and state.is_reviewer
    review_url = reverse("approval:review", args=[state.current_task_state_id]) if is_reviewer else ""
    return DraftRow(row, state is not None, review_url)
