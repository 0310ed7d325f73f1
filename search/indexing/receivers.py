"""What makes a page appear, disappear or change in the index. Rows only: nothing is indexed here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageLogEntry, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, post_page_move

from pages.figures.projection.receivers import restricted_pages
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage
from search.models import Operation

from .outbox import enqueue

# Their titles are in the breadcrumbs of what hangs from them.
NAMED_BELOW = (PlanPage, AxisPage, CommitmentPage)


def on_saved(sender: type[Any], instance: Any, created: bool, **kwargs: Any) -> None:
    """The page, or whether it is public, was written: in the same transaction, so is the row.

    Wagtail's own signals come later, and of what is done by schedule or by taking down in a transaction of
    their own: a process that dies in between would never tell.
    """
    written = kwargs.get("update_fields")
    if not isinstance(instance, Page) or (written is not None and "live" not in written):
        return
    if instance.live:
        enqueue([instance.pk])
    elif not created:
        enqueue([instance.pk], Operation.TREE)


def on_published(instance: Page, **kwargs: Any) -> None:
    """What hangs from the page may have changed with it; the page itself has its row since it was saved."""
    if isinstance(instance, NAMED_BELOW) or _was_hidden(instance):
        enqueue([instance.pk], Operation.TREE)


def on_branch_changed(instance: Page, **kwargs: Any) -> None:
    """The page was moved or renamed, and all that hangs from it changed with it."""
    enqueue([instance.pk], Operation.TREE)


def on_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """The page is about to go with its descendants: name them while they can still be found."""
    if isinstance(instance, Page):
        below = Page.objects.filter(path__startswith=instance.path).values_list("pk", flat=True)
        enqueue([instance.pk, *below])


def on_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A branch was closed to the public, or opened."""
    enqueue((page.pk for page in restricted_pages(instance)), Operation.TREE)


def _was_hidden(page: Page) -> bool:
    """Say whether the page was not public until now: then what hangs from it becomes public with it.

    Asked while publishing, before Wagtail logs it, so the last entry speaks of the time before.
    """
    last = (
        PageLogEntry.objects.filter(page_id=page.pk, action__in=("wagtail.publish", "wagtail.unpublish"))
        .order_by("-timestamp", "-pk")
        .values_list("action", flat=True)
        .first()
    )
    return last != "wagtail.publish"


def connect() -> None:
    """Listen. Called once, when the application starts."""
    page_published.connect(on_published, dispatch_uid="search-published")
    post_page_move.connect(on_branch_changed, dispatch_uid="search-moved")
    page_slug_changed.connect(on_branch_changed, dispatch_uid="search-renamed")
    post_save.connect(on_saved, dispatch_uid="search-saved")
    pre_delete.connect(on_deleted, dispatch_uid="search-deleted")
    post_save.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="search-restricted")
    post_delete.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="search-unrestricted")
