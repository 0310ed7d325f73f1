"""Cache the tree paths of the ruling lists, which the menu of every admin page needs."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move

from pages.rulings.index import RulingIndexPage

from .queries import lists_of_tribunals

_KEY = "ruling_desk.list_paths"
#: Seconds after which a process sees the lists that another process has created.
SECONDS = 60


def read_list_paths() -> list[str]:
    """Return the tree paths of the lists of tribunals, public or not, from the cache if possible."""
    found: list[str] | None = cache.get(_KEY)
    if found is None:
        found = list(lists_of_tribunals().order_by("path").values_list("path", flat=True))
        cache.set(_KEY, found, SECONDS)
    return found


def forget_list_paths(**kwargs: Any) -> None:
    """Receiver: clear the cache when a list is added, deleted or moved."""
    cache.delete(_KEY)


def connect_receivers() -> None:
    """Connect ``forget_list_paths`` to the signals of lists, and to moves of any page."""
    for signal in (post_save, post_delete):
        signal.connect(forget_list_paths, sender=RulingIndexPage, dispatch_uid=f"{_KEY}.{id(signal)}")
    # Moving a page above a list also changes the path of the list.
    post_page_move.connect(forget_list_paths, dispatch_uid=_KEY)
