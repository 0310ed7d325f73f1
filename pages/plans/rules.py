"""Find the actions with reported progress, which may not be removed from a commitment."""

from collections.abc import Iterable
from uuid import UUID

from pages.updates.inlines import UpdateRow


def find_reported_actions(keys: Iterable[UUID]) -> set[UUID]:
    """Return those of ``keys`` that a live update has reported on."""
    return set(
        UpdateRow.objects.filter(action_key__in=list(keys), page__live=True)
        .exclude(percent__isnull=True, stage="")
        .values_list("action_key", flat=True)
    )
