"""What the review's templates ask for."""

from typing import Any

from django import template
from wagtail.models import Comment, Revision, TaskState

from abierto.accounts.models import User
from abierto.approval.review import comparison, decisions, steps, unseen
from abierto.approval.review import inline_rows as rows
from abierto.approval.review.comments.threads import Threads

register = template.Library()


@register.simple_tag(takes_context=True)
def review_changes(context: dict[str, Any], revision: Revision) -> comparison.Comparison:
    """Return what publishing ``revision`` would change in public."""
    viewer, live = context["request"].user, comparison.live_version(revision)
    return comparison.compare_versions(live, revision.as_object(), viewer)


@register.simple_tag(takes_context=True)
def review_unseen(context: dict[str, Any], changes: comparison.Comparison) -> list[unseen.Unseen]:
    """Return what the new version names and the public will not see with it."""
    return unseen.unseen_for(context["request"].user, changes.unseen)


@register.filter
def comments_at(threads: Threads, path: str) -> list[Comment]:
    """Return the comments at one place of the page."""
    return threads.at(path)


@register.filter
def comments_elsewhere(threads: Threads, paths: set[str]) -> list[tuple[str, Comment]]:
    """Return the comments at none of these places."""
    return threads.elsewhere(paths)


@register.filter
def form_at(threads: Threads, key: str) -> Any:
    """Return the form that was sent from one place and has something wrong."""
    return threads.form_at(str(key))


@register.filter
def row_key(row: Any) -> str:
    """Return what an inline row is known by: where its comments hang."""
    return rows.row_key(row)


@register.simple_tag
def review_authors(revision: Revision) -> list[User]:
    """Return everybody who wrote what is reviewed: none of them approves it."""
    return list(User.objects.filter(pk__in=decisions.authors_of(revision)).order_by("pk"))


@register.simple_tag
def review_token(revision: Revision) -> str:
    """Return what the form must carry: the revision shown and its content."""
    return decisions.token_of(revision)


@register.simple_tag
def review_step(task_state: TaskState) -> steps.ReviewStep:
    """Return which step of its review this is, and who comes next."""
    return steps.step_of(task_state)
