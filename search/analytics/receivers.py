"""What the learning of the search listens to."""

from __future__ import annotations

from typing import Any

from django.core.signals import request_finished
from django.db.models.signals import post_delete, post_save

from pages.core.cache import bump_after_commit
from search.promotions.models import PromotedResult

from .buffer import notebook


def write_after_answer(**kwargs: Any) -> None:
    """Write what was noted once the answer has been sent."""
    notebook.write()


def connect() -> None:
    """Listen. Called once, when the applications are ready."""
    uid = "search.analytics"
    request_finished.connect(write_after_answer, dispatch_uid=f"{uid}.write")
    # A kept page of results must not go on without (or with) what has just been promoted (or taken down).
    for signal in (post_save, post_delete):
        signal.connect(bump_after_commit, sender=PromotedResult, dispatch_uid=f"{uid}.{id(signal)}")
