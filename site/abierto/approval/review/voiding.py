"""Editing what was handed in takes it back to a draft: whatever was approved of it no longer counts."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import AbstractGroupApprovalTask, Revision, WorkflowState

from abierto.approval.ledger.hashing import content_hash
from abierto.approval.notifications import members, tell


def void_review(subject: Any, revision: Revision, user: Any) -> None:
    """Cancel the review under way when ``revision`` says something else than what is being reviewed."""
    states = WorkflowState.objects.filter(
        base_content_type_id=revision.base_content_type_id,
        object_id=revision.object_id,
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    for state in states.select_related(
        "workflow", "requested_by", "current_task_state__revision", "current_task_state__task"
    ):
        handed_in = state.current_task_state.revision if state.current_task_state else None
        if handed_in is None or handed_in.pk == revision.pk:
            continue
        if content_hash(handed_in) != content_hash(revision):
            state.cancel(user=user)
            tell_of_it(state, user)


def tell_of_it(state: WorkflowState, user: Any) -> None:
    """Tell whoever was to decide and whoever had sent it: once, for the review ends here."""
    task = state.current_task_state.task.specific
    reviewers = members(*task.groups.all()) if isinstance(task, AbstractGroupApprovalTask) else []
    people = {*reviewers, *([state.requested_by] if state.requested_by else [])}
    title = state.current_task_state.revision.object_str
    text = _("%(who)s cambió «%(title)s» después de que se envió. Volvió a ser borrador: nada se decide aún.")
    who = user.public_name if user is not None else _("Alguien")
    subject = _("Salió de la revisión: %(title)s") % {"title": title}
    tell(people, subject, text % {"who": who, "title": title}, user)
