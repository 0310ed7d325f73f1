"""The pages of a bundle as somebody reads them: what each changes, and what is said of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import TaskState

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.approval.review.comments.threads import Threads, threads_of
from abierto.approval.review.comparison import Comparison, compare_versions, live_version

from .models import BundleDecision, BundleItem
from .queries import in_review, task_state_of


@dataclass(frozen=True)
class PageReview:
    """One page of a bundle, on the bundle's screen."""

    item: BundleItem
    word: BundleDecision | None
    is_left: bool
    state: TaskState | None = None
    changes: Comparison | None = None
    #: For whoever reviews it; others read no comments here.
    thread: Threads | None = None

    @property
    def anchor(self) -> str:
        """Where on the screen it is."""
        return anchor_of(self.item)


def anchor_of(item: BundleItem) -> str:
    """Return where on its bundle's screen a page is."""
    return f"pagina-{item.pk}"


def page_reviews(
    items: Iterable[BundleItem],
    words: Mapping[int, BundleDecision],
    hers: Container[BundleItem],
    viewer: User,
    bound: tuple[BundleItem, Any] | None = None,
) -> list[PageReview]:
    """Return the pages as ``viewer`` reads them; ``hers`` are those that she decides on.

    ``bound`` is a comment that could not be kept as it is, with its page.
    """
    return [_reading(item, words.get(item.pk), item in hers, viewer, bound) for item in items]


def _reading(
    item: BundleItem,
    word: BundleDecision | None,
    is_hers: bool,
    viewer: User,
    bound: tuple[BundleItem, Any] | None,
) -> PageReview:
    is_left = is_hers and word is None
    if not in_review(item):
        return PageReview(item, word, is_left)
    state = task_state_of(item)
    draft = state.revision.as_object()
    changes = compare_versions(live_version(state.revision), draft, viewer)
    form = bound[1] if bound is not None and bound[0] == item else None
    return PageReview(
        item, word, is_left, state, changes, threads_of(state, draft, form) if is_hers else None
    )


def reviews(user: User, state: TaskState) -> bool:
    """Say whether ``user`` decides at the step at which a review stands, or stands in today."""
    task = ReviewTask.objects.filter(pk=state.task_id).first()
    return task is not None and task._user_in_groups(user)
