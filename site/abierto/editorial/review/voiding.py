"""Editing what was handed in takes it back to a draft: whatever was approved of it no longer counts."""

from typing import Any

from wagtail.models import Revision, WorkflowState

from abierto.editorial.ledger.hashing import content_hash


def void_review(subject: Any, revision: Revision, user: Any) -> None:
    """Cancel the review under way when ``revision`` says something else than what is being reviewed."""
    states = WorkflowState.objects.filter(
        base_content_type_id=revision.base_content_type_id,
        object_id=revision.object_id,
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    for state in states.select_related(
        "workflow", "current_task_state__revision", "current_task_state__task"
    ):
        handed_in = state.current_task_state.revision if state.current_task_state else None
        if handed_in is None or handed_in.pk == revision.pk:
            continue
        if content_hash(handed_in) != content_hash(revision):
            state.cancel(user=user)
