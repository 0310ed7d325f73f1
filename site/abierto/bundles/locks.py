"""No page of a bundle goes alone: only while its bundle is decided on may a page of it be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState

from abierto.approval.errors import ReviewRefused

from .models import Bundle, BundleItem, BundleStatus

_deciding: ContextVar[int | None] = ContextVar("abierto_deciding_bundle", default=None)


@contextmanager
def allow_decisions(bundle: Bundle) -> Iterator[None]:
    """Mark the bundle whose pages may be decided on now."""
    token = _deciding.set(bundle.pk)
    try:
        yield
    finally:
        _deciding.reset(token)


def check_not_in_bundle(task_state: TaskState, user: Any, action: str) -> None:
    """Refuse to decide on one page of a bundle apart from the others."""
    held = BundleItem.objects.filter(
        workflow_state_id=task_state.workflow_state_id, bundle__status=BundleStatus.SENT
    )
    item = held.select_related("bundle").first()
    if item is not None and item.bundle_id != _deciding.get():
        raise ReviewRefused(
            _("Va en el paquete «%(name)s» y se decide con él. Ábrelo desde «Por revisar».")
            % {"name": item.bundle.name}
        )
