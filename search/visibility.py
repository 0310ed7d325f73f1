"""Which pages the public may see now. The one answer, for the index and for what it answers."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr
from wagtail.models import Page
from wagtail.query import PageQuerySet

DEEPEST = 16  # levels of the tree; the pages of the portal hang from one another in seven at most


def visible(pages: PageQuerySet) -> PageQuerySet:
    """Those of the pages that are live and unrestricted, under ancestors that are too; in the same query."""
    line = [Substr(OuterRef("path"), 1, Page.steplen * depth) for depth in range(1, DEEPEST + 1)]
    hidden = Page.objects.filter(Q(live=False) | Q(view_restrictions__isnull=False), path__in=line)
    return pages.filter(~Exists(hidden))


def public_pages(page_ids: Collection[int], *related: str) -> dict[int, Page]:
    """Those of the pages that the public may see now, in one query, which may read along what is related."""
    if not page_ids:
        return {}
    found = visible(Page.objects.filter(pk__in=list(page_ids)))
    return {page.pk: page for page in (found.select_related(*related) if related else found)}


def public_ids(page_ids: Collection[int]) -> frozenset[int]:
    """The ids of the pages that the public may see now."""
    return frozenset(public_pages(page_ids))


def ancestor_paths(path: str) -> list[str]:
    """The tree paths above this one, from the root down."""
    return [path[:end] for end in range(Page.steplen, len(path), Page.steplen)]
