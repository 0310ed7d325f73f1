"""Which pages the public may see now. The one answer, for the index and for what it answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from wagtail.models import Page


def public_pages(page_ids: Collection[int]) -> dict[int, Page]:
    """Those of the pages that are live and unrestricted, under ancestors that are too."""
    if not page_ids:
        return {}
    pages = list(Page.objects.filter(pk__in=list(page_ids)).live().public())
    hidden = _hidden_paths(pages)
    return {page.pk: page for page in pages if not any(page.path.startswith(path) for path in hidden)}


def public_ids(page_ids: Collection[int]) -> frozenset[int]:
    """The ids of the pages that the public may see now."""
    return frozenset(public_pages(page_ids))


def _hidden_paths(pages: Iterable[Page]) -> list[str]:
    """The paths of the ancestors that are not live."""
    paths = {path for page in pages for path in ancestor_paths(page.path)}
    return list(Page.objects.filter(path__in=paths, live=False).values_list("path", flat=True))


def ancestor_paths(path: str) -> list[str]:
    """The tree paths above this one, from the root down."""
    return [path[:end] for end in range(Page.steplen, len(path), Page.steplen)]
