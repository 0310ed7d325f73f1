"""What makes a page appear, disappear or change in the index. Rows only: nothing is indexed here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageLogEntry, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from pages.plans.axis import AxisPage
from pages.plans.commitment import CommitmentPage
from pages.plans.plan import PlanPage
from search.models import Operation
from search.outbox import enqueue

# Their titles are in the breadcrumbs of what hangs from them.
NAMED_BELOW = (PlanPage, AxisPage, CommitmentPage)


def on_published(instance: Page, **kwargs: Any) -> None:
    """The page is public, or its words changed."""
    reaches_below = isinstance(instance, NAMED_BELOW) or _was_hidden(instance)
    enqueue([instance.pk], Operation.TREE if reaches_below else Operation.PAGE)


def on_created(sender: type[Any], instance: Any, created: bool, **kwargs: Any) -> None:
    """A page that is born public was never published: an alias in another language, an import."""
    if created and isinstance(instance, Page) and instance.live:
        enqueue([instance.pk])


def on_branch_changed(instance: Page, **kwargs: Any) -> None:
    """The page was unpublished, moved or renamed, and all that hangs from it changed with it."""
    enqueue([instance.pk], Operation.TREE)


def on_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """The page is about to go with its descendants: name them while they can still be found."""
    if isinstance(instance, Page):
        below = Page.objects.filter(path__startswith=instance.path).values_list("pk", flat=True)
        enqueue([instance.pk, *below])


def on_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A branch was closed to the public, or opened."""
    enqueue([instance.page_id], Operation.TREE)


def _was_hidden(page: Page) -> bool:
    """Whether the page was not public until now: then what hangs from it comes back with it.

    Asked while publishing, before Wagtail logs it, so the last entry speaks of the time before.
    """
    last = (
        PageLogEntry.objects.filter(page_id=page.pk, action__in=("wagtail.publish", "wagtail.unpublish"))
        .order_by("-timestamp", "-pk")
        .values_list("action", flat=True)
        .first()
    )
    return last == "wagtail.unpublish"


def connect() -> None:
    """Listen. Called once, when the application starts."""
    page_published.connect(on_published, dispatch_uid="search-published")
    page_unpublished.connect(on_branch_changed, dispatch_uid="search-unpublished")
    post_page_move.connect(on_branch_changed, dispatch_uid="search-moved")
    page_slug_changed.connect(on_branch_changed, dispatch_uid="search-renamed")
    post_save.connect(on_created, dispatch_uid="search-created")
    pre_delete.connect(on_deleted, dispatch_uid="search-deleted")
    post_save.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="search-restricted")
    post_delete.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="search-unrestricted")
