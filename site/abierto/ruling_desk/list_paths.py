"""Where the lists of tribunals are, cached: the menu of every screen of the admin needs it."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move

from pages.rulings.index import RulingIndexPage

from .queries import lists_of_tribunals

_KEY = "ruling_desk.list_paths"
#: After this time a process sees the lists that another process has made.
SECONDS = 60


def read_list_paths() -> list[str]:
    """Return the tree paths of the lists of tribunals, public or not; cached without a query."""
    found: list[str] | None = cache.get(_KEY)
    if found is None:
        found = list(lists_of_tribunals().order_by("path").values_list("path", flat=True))
        cache.set(_KEY, found, SECONDS)
    return found


def forget_list_paths(**kwargs: Any) -> None:
    """Receiver of what adds, deletes or moves a list."""
    cache.delete(_KEY)


def connect_receivers() -> None:
    """Forget the cached paths whenever a list changes in this process."""
    for signal in (post_save, post_delete):
        signal.connect(forget_list_paths, sender=RulingIndexPage, dispatch_uid=f"{_KEY}.{id(signal)}")
    # A list moves with the pages above it too.
    post_page_move.connect(forget_list_paths, dispatch_uid=_KEY)
