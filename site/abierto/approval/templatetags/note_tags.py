"""Tags for the submission note: its form field and its display."""

from collections.abc import Iterable
from typing import Any

from django import template
from wagtail.models import TaskState

from abierto.approval.models import SubmissionNote
from abierto.approval.review.notes import SubmissionNoteForm, may_submit

register = template.Library()


@register.inclusion_tag("approval/parts/note_field.html", takes_context=True)
def submission_note(context: dict[str, Any]) -> dict[str, Any]:
    """Offer the field where the form offers to send to review."""
    request = context.get("request")
    subject, parent = context.get("page") or context.get("object"), context.get("parent_page")
    if request is None or subject is None or not may_submit(subject, parent, request.user):
        return {"form": None}
    submitted = request.POST.get("submission_note", "")
    return {"form": SubmissionNoteForm(initial={"submission_note": submitted})}


@register.simple_tag
def notes_of(task_state: TaskState) -> Iterable[SubmissionNote]:
    """Return the notes of a review, the latest first."""
    notes = SubmissionNote.objects.filter(workflow_state_id=task_state.workflow_state_id)
    return notes.select_related("author")
