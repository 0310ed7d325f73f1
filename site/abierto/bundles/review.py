"""The pages of a bundle as the review screen shows them: changes and comments."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import TaskState

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.approval.review.comments.threads import CommentThreads, load_threads
from abierto.approval.review.comparison import Comparison, compare_versions, load_live_version
from abierto.approval.review.reviewed_warnings import ReviewedWarning, load_reviewed_warnings

from .models import BundleDecision, BundleItem
from .queries import current_task_state, is_in_review


@dataclass(frozen=True)
class PageReview:
    """One page of a bundle on the bundle's screen."""

    item: BundleItem
    decision: BundleDecision | None
    is_pending: bool
    state: TaskState | None = None
    changes: Comparison | None = None
    #: Only for the reviewers of the page.
    threads: CommentThreads | None = None
    #: Only for the reviewers of the page.
    warnings: Sequence[ReviewedWarning] = ()

    @property
    def anchor(self) -> str:
        return item_anchor(self.item)


def item_anchor(item: BundleItem) -> str:
    """Return the HTML id of an item on the bundle's screen."""
    return f"pagina-{item.pk}"


def build_page_reviews(
    items: Iterable[BundleItem],
    decisions: Mapping[int, BundleDecision],
    reviewable: Container[BundleItem],
    viewer: User,
    bound: tuple[BundleItem, Any] | None = None,
) -> list[PageReview]:
    """Return the page reviews for ``viewer``, who decides on the ``reviewable`` items.

    ``bound`` is an invalid comment form with its item.
    """
    return [
        _build_page_review(item, decisions.get(item.pk), item in reviewable, viewer, bound) for item in items
    ]


def _build_page_review(
    item: BundleItem,
    decision: BundleDecision | None,
    is_reviewable: bool,
    viewer: User,
    bound: tuple[BundleItem, Any] | None,
) -> PageReview:
    is_pending = is_reviewable and decision is None
    if not is_in_review(item):
        return PageReview(item, decision, is_pending)
    state = current_task_state(item)
    draft = state.revision.as_object()
    changes = compare_versions(load_live_version(state.revision), draft, viewer)
    form = bound[1] if bound is not None and bound[0] == item else None
    return PageReview(
        item,
        decision,
        is_pending,
        state,
        changes,
        load_threads(state, draft, form) if is_reviewable else None,
        load_reviewed_warnings(draft) if is_reviewable else (),
    )


def is_reviewer_of(user: User, state: TaskState) -> bool:
    """Check whether ``user`` reviews at the current step, or is deputy today."""
    task = ReviewTask.objects.filter(pk=state.task_id).first()
    return task is not None and task._user_in_groups(user)
