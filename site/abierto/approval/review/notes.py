"""The author's note: read from the form that submits a page, shown to the reviewers."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page, WorkflowState

from abierto.approval.models import SubmissionNote
from abierto.approval.models.notes import NOTE_LENGTH
from abierto.text import visible_text

SUBMIT_ACTIONS = ("action-submit", "action-restart-workflow")


class SubmissionNoteForm(forms.Form):
    """The note below the editing form."""

    submission_note = forms.CharField(
        label=_("Nota para quien revisa"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=AdminAutoHeightTextInput,
        help_text=_("Viaja con el envío: qué cambia, de dónde sale, qué conviene mirar. No se publica."),
    )


def may_submit(subject: Any, parent: Page | None, user: Any) -> bool:
    """Check whether the editing form of ``subject`` offers to send it to review."""
    if isinstance(subject, Page) and subject.pk:
        return bool(subject.permissions_for_user(user).can_submit_for_moderation())
    if parent is not None:
        return bool(parent.has_workflow)
    return bool(getattr(subject, "has_workflow", False)) and not subject.workflow_in_progress


def save_note_from_request(request: HttpRequest, subject: Any) -> None:
    """Save the note of a form that has just submitted ``subject``."""
    if request.method != "POST" or not any(name in request.POST for name in SUBMIT_ACTIONS):
        return
    attach_note(subject, request.user, request.POST.get("submission_note", ""))


def attach_note(subject: Any, author: Any, text: str) -> SubmissionNote | None:
    """Add ``text`` to the review that ``subject`` is in; nothing when there is no text or no review."""
    text = visible_text(text)[:NOTE_LENGTH]
    states = WorkflowState.objects.for_instance(subject)
    state = states.filter(status=WorkflowState.STATUS_IN_PROGRESS).first() if text else None
    return SubmissionNote.objects.create(workflow_state=state, author=author, text=text) if state else None
