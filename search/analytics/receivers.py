"""Signal receivers of the search analytics and of promoted results."""

from __future__ import annotations

from typing import Any

from django.core.signals import request_finished
from django.db.models.signals import post_delete, post_save

from pages.core.cache import bump_after_commit
from search.promotions.models import PromotedResult

from .buffer import query_buffer


def write_after_answer(**kwargs: Any) -> None:
    """Write the waiting records after the response."""
    query_buffer.write()


def connect() -> None:
    """Connect the receivers. Called once, from ``ready()``."""
    uid = "search.analytics"
    request_finished.connect(write_after_answer, dispatch_uid=f"{uid}.write")
    # Cached results pages must show a new promotion, and drop a withdrawn one.
    for signal in (post_save, post_delete):
        signal.connect(bump_after_commit, sender=PromotedResult, dispatch_uid=f"{uid}.{id(signal)}")
