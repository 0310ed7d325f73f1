"""Queries for the items of a bundle, limited to what the user may see or decide on."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page, WorkflowState

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.tenancy.access import scope, sees_everything

from .models import Bundle, BundleDecision, BundleItem


def load_items(bundle: Bundle) -> list[BundleItem]:
    """Return the pages of a bundle with their reviews, parents first."""
    items = bundle.items.select_related(
        "page", "workflow_state__workflow__space", "workflow_state__current_task_state__revision__user"
    )
    return list(items.select_related("workflow_state__requested_by"))


def is_in_review(item: BundleItem) -> bool:
    """Check whether a page of a bundle still waits for a decision."""
    state = item.workflow_state
    return (
        state is not None
        and state.status == WorkflowState.STATUS_IN_PROGRESS
        and state.current_task_state is not None
    )


def current_task_state(item: BundleItem) -> Any:
    return item.workflow_state.current_task_state if item.workflow_state else None


def load_decisions(items: list[BundleItem]) -> dict[int, BundleDecision]:
    """Return the valid decisions on these items by item id."""
    states = [current_task_state(item).pk for item in items if is_in_review(item)]
    decisions = BundleDecision.objects.filter(task_state__in=states).select_related("by")
    return {decision.item_id: decision for decision in decisions}


def find_reviewable_items(user: User, items: list[BundleItem]) -> list[BundleItem]:
    """Return the items that wait at a step where ``user`` reviews or is deputy today."""
    waiting = [item for item in items if is_in_review(item)]
    tasks = ReviewTask.objects.filter(pk__in={current_task_state(item).task_id for item in waiting})
    reviewable = {task.pk for task in tasks if task._user_in_groups(user)}
    return [item for item in waiting if current_task_state(item).task_id in reviewable]


def find_undecided_items(user: User, items: list[BundleItem]) -> list[BundleItem]:
    """Return the items that wait for ``user`` and have no valid decision."""
    decisions = load_decisions(items)
    return [item for item in find_reviewable_items(user, items) if item.pk not in decisions]


def filter_visible_items(user: User, items: list[BundleItem]) -> list[BundleItem]:
    """Return the items that ``user`` may see: in her spaces, or waiting for her review."""
    if sees_everything(user):
        return items
    own = set(scope(Page.objects.filter(pk__in=[item.page_id for item in items]), user).values_list("pk"))
    reviewable = {item.pk for item in find_reviewable_items(user, items)}
    return [item for item in items if (item.page_id,) in own or item.pk in reviewable]


def find_visible_bundles(user: User) -> QuerySet[Bundle]:
    """Return the bundles with a page in the spaces of ``user``, and her own empty ones."""
    if sees_everything(user):
        return Bundle.objects.all()
    pages = scope(Page.objects.all(), user).values("pk")
    near = BundleItem.objects.filter(page__in=pages).values("bundle")
    return Bundle.objects.filter(Q(pk__in=near) | Q(created_by=user, items__isnull=True))


def visible_title(user: User, item: BundleItem) -> str:
    """Return the title of an item for ``user``; empty for a page of another space."""
    if filter_visible_items(user, [item]):
        return item.title
    return ""
