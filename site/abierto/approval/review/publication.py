"""The workflow's final action: publish the reviewed revision.

Wagtail imports this module while it builds its own models: this module must not import them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from abierto.approval.errors import ReviewRefused

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

APPROVED = "approved"


def publish_reviewed(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish the revision that was read (Wagtail's own action publishes the latest one).

    Wagtail also finishes a workflow whose steps are all switched off or deleted.

    Raises:
        ReviewRefused: when no step approved anything.
    """
    state = workflow_state.current_task_state
    if state is None or state.status != APPROVED:
        raise ReviewRefused(inactive_step_message())
    state.revision.publish(user=user)


def inactive_step_message() -> str:
    """Return the message for content that no step of its workflow reviews."""
    return _("Nadie aprobó esto: el paso que lo revisa está apagado o se borró. Avisa al equipo estatal.")
