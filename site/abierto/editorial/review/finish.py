"""What happens when the last reviewer has approved.

Wagtail imports this module while it builds its own models: nothing here may import them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import WorkflowState


def publish_reviewed(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish the revision that was read (Wagtail's own action publishes the latest one)."""
    workflow_state.current_task_state.revision.publish(user=user)
