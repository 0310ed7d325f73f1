"""Block single decisions on the pages of a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    """Allow decisions on the pages of ``bundle`` inside the block."""
    token = _deciding.set(bundle.pk)
    try:
        yield
    finally:
        _deciding.reset(token)


def find_pages_of_bundle(task_state: TaskState) -> Iterable[int]:
    """Return the ids of the pages that are decided together with the one under review."""
    return BundleItem.objects.filter(
        bundle__status=BundleStatus.SENT, bundle__items__workflow_state=task_state.workflow_state_id
    ).values_list("page", flat=True)


def check_not_in_bundle(task_state: TaskState, user: Any, action: str) -> None:
    """Refuse a decision on one page of a bundle outside the bundle's own decision."""
    held = BundleItem.objects.filter(
        workflow_state_id=task_state.workflow_state_id, bundle__status=BundleStatus.SENT
    )
    item = held.select_related("bundle").first()
    if item is not None and item.bundle_id != _deciding.get():
        raise ReviewRefused(
            _("Va en el paquete «%(name)s» y se decide con él. Ábrelo desde «Por revisar».")
            % {"name": item.bundle.name}
        )
