"""Signal receivers of pages. They only write outbox rows."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import CollectionViewRestriction, Page, PageLogEntry, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, post_page_move

from pages.figures.projection.receivers import list_restricted_pages
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage
from pages.rulings.index import RulingIndexPage
from pages.rulings.part_queries import find_rulings_with_files_in
from pages.rulings.parts import RulingPart
from pages.updates.models import ProgressUpdatePage
from search.models import Operation

from .outbox import enqueue

# Their titles are in the breadcrumbs of their descendants.
NAMED_BELOW = (PlanPage, AxisPage, CommitmentPage, RulingIndexPage)
# The documents of their parent depend on them.
SHOWN_ABOVE = (ProgressUpdatePage, RulingPart)


def on_saved(sender: type[Any], instance: Any, created: bool, **kwargs: Any) -> None:
    """Enqueue a page whose content or visibility was written, in the same transaction.

    Wagtail's own signals come later, and for scheduled publishing and unpublishing in another transaction: a
    process that dies in between would lose the change.
    """
    written = kwargs.get("update_fields")
    if not isinstance(instance, Page) or (written is not None and "live" not in written):
        return
    if instance.live:
        enqueue([instance.pk])
    elif not created:
        enqueue([instance.pk], Operation.TREE)
    if instance.live or not created:
        enqueue(_dependent_pages(instance))


def on_published(instance: Page, **kwargs: Any) -> None:
    """Enqueue the branch of a page whose title or visibility affects its descendants."""
    if isinstance(instance, NAMED_BELOW) or _was_hidden(instance):
        enqueue([instance.pk], Operation.TREE)


def on_branch_changed(instance: Page, **kwargs: Any) -> None:
    """Enqueue the branch of a page that was moved or renamed."""
    enqueue([instance.pk], Operation.TREE)


def on_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """Enqueue a page and its descendants while they can still be read."""
    if isinstance(instance, Page):
        below = Page.objects.filter(path__startswith=instance.path).values_list("pk", flat=True)
        enqueue([instance.pk, *below, *_dependent_pages(instance)])


def on_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Enqueue the branches that a view restriction closed or opened."""
    pages = list_restricted_pages(instance)
    enqueue((page.pk for page in pages), Operation.TREE)
    enqueue(above for page in pages for above in _dependent_pages(page))


def on_collection_restriction(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """Enqueue the rulings whose text is that of a file in a collection that was closed or opened."""
    enqueue(find_rulings_with_files_in(instance.collection))


def _dependent_pages(page: Page) -> list[int]:
    """Return the pages whose documents depend on this one, with their translations.

    They are the commitment of an update and the ruling of a part. All translations of a commitment have the
    same progress figure, so the translations depend on a commitment as well.
    """
    kind = page.specific_class
    if kind is None:
        return []
    if issubclass(kind, SHOWN_ABOVE):
        above = Page.objects.filter(path=page.path[: -page.steplen]).values("translation_key")
        return list(Page.objects.filter(translation_key__in=above).values_list("pk", flat=True))
    if issubclass(kind, CommitmentPage):
        return list(page.get_translations().values_list("pk", flat=True))
    return []


def _was_hidden(page: Page) -> bool:
    """Check that the page was not public before: then its descendants become public with it.

    Wagtail logs the publication after this signal, so the last log entry is the previous state.
    """
    last = (
        PageLogEntry.objects.filter(page_id=page.pk, action__in=("wagtail.publish", "wagtail.unpublish"))
        .order_by("-timestamp", "-pk")
        .values_list("action", flat=True)
        .first()
    )
    return last != "wagtail.publish"


def connect() -> None:
    """Connect the receivers. Called once, from ``ready()``."""
    page_published.connect(on_published, dispatch_uid="search-published")
    post_page_move.connect(on_branch_changed, dispatch_uid="search-moved")
    page_slug_changed.connect(on_branch_changed, dispatch_uid="search-renamed")
    post_save.connect(on_saved, dispatch_uid="search-saved")
    pre_delete.connect(on_deleted, dispatch_uid="search-deleted")
    post_save.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="search-restricted")
    post_delete.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="search-unrestricted")
    for signal in (post_save, post_delete):
        signal.connect(
            on_collection_restriction, sender=CollectionViewRestriction, dispatch_uid="search-collection"
        )
