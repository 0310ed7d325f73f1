"""What refers to what, written once for each page saved: Wagtail writes it again for every inline row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from wagtail.models import ReferenceIndex


@contextmanager
def references_once(instance: Any, changes_content: bool) -> Iterator[None]:
    """Let ``instance`` be saved with its rows, and look at its references once, at the end.

    Bookkeeping refers to nothing. Whoever has turned the index off for a whole load writes it herself.
    """
    from wagtail import signal_handlers  # noqa: PLC0415 - it reads models, which import this

    if getattr(signal_handlers.reference_index_auto_update_disabled, "value", False):
        yield
        return
    with signal_handlers.disable_reference_index_auto_update():
        yield
    if changes_content and ReferenceIndex.is_indexed(type(instance)):
        with transaction.atomic(savepoint=False):
            ReferenceIndex.create_or_update_for_object(instance)
