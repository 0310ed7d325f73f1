"""The rows that something under review names and the public will not see, and where they are decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from wagtail.models import WorkflowState

from abierto.accounts.models import User


@dataclass(frozen=True)
class Unseen:
    """One row that is not public."""

    row: Any
    is_under_review: bool
    #: Of its review, for whoever decides there.
    address: str

    @property
    def kind(self) -> str:
        """What sort of thing it is, and where it stands."""
        return f"{self.row._meta.verbose_name}, {self.row.status_string}"


def unseen_for(user: User, rows: Sequence[Any]) -> list[Unseen]:
    """Return ``rows`` with their reviews. One query for them all; none for none."""
    if not rows:
        return []
    types = {type(row): ContentType.objects.get_for_model(row).pk for row in rows}
    hers = User.groups.through.objects.filter(
        user=user, group__reviewtask=OuterRef("current_task_state__task")
    )
    states = WorkflowState.objects.filter(
        base_content_type__in=types.values(),
        object_id__in=[str(row.pk) for row in rows],
        status=WorkflowState.STATUS_IN_PROGRESS,
    ).annotate(is_hers=Exists(hers))
    reviews = {(state.base_content_type_id, state.object_id): state for state in states}
    return [_told(row, reviews.get((types[type(row)], str(row.pk)))) for row in rows]


def _told(row: Any, state: Any) -> Unseen:
    is_hers = state is not None and state.is_hers
    address = reverse("approval:review", args=[state.current_task_state_id]) if is_hers else ""
    return Unseen(row, state is not None, address)
