"""Send a draft to the review of its space."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused

from .notes import attach_note


def check_may_submit(page: Any, by: User, title: Any = None) -> None:
    """Refuse a page that is in review already, or that ``by`` may not send."""
    permissions = page.permissions_for_user(by)
    # Wagtail's method asks for the workflow and the lock, and not whether the user edits the page.
    if not (permissions.can_edit() and permissions.can_submit_for_moderation()):
        raise ReviewRefused(
            _("«%(title)s» no se puede enviar: ya está en revisión, o no puedes enviarla.")
            % {"title": title or page}
        )


def start_review(page: Any, by: User, note: str = "") -> WorkflowState:
    """Send the last version of ``page`` to review, or a returned one again, and return its state.

    Raises:
        ReviewRefused: when the version is not complete.
    """
    fresh = type(page).objects.get(pk=page.pk)
    state = fresh.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        state = fresh.get_workflow().start(fresh, by)
    attach_note(fresh, by, note)
    return state
