"""Responses to a stale save: both versions side by side and three choices. No submitted text is lost."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import LockableMixin, Page

from abierto.accounts.models import User
from abierto.approval.errors import NothingSaved, ReviewRefused
from abierto.approval.review.comparison import compare_versions
from abierto.bad_requests.submitted_input import submitted_prose

from .submitted import BASE, SubmittedVersion, read_submitted, save_merged
from .versions import (
    OPENED,
    OPENED_CONTENT,
    StaleVersion,
    check_not_stale,
    load_current_version,
    load_latest_revision,
    sign_content,
)

CONFLICT = 409
CHOICE, COMBINE = "collision", "combine"

# Fields that the next request sets itself.
NOT_RESENT = {
    "csrfmiddlewaretoken", "overwrite_revision_id", "loaded_revision_id", "loaded_revision_created_at",
    OPENED, OPENED_CONTENT, CHOICE, BASE,
}  # fmt: skip


def respond_conflict(request: HttpRequest, refusal: StaleVersion) -> HttpResponse:
    """Respond with a page, or with JSON to the autosave script."""
    if not request.accepts("text/html"):
        data = {"success": False, "error_code": "invalid_revision", "error_message": refusal.sentence}
        return JsonResponse(data, status=CONFLICT)
    return render_conflict(request, refusal)


def render_conflict(request: HttpRequest, refusal: StaleVersion) -> HttpResponse:
    """Render the latest version beside the submitted one."""
    submitted = read_submitted(request, refusal.subject)
    revision = load_latest_revision(refusal.subject)
    context = {
        "refusal": refusal,
        "subject": refusal.subject,
        "revision": revision,
        "changes": compare_versions(submitted.latest, submitted.mine, cast(User, request.user)),
        "conflicting_fields": list_conflicting_labels(submitted),
        "can_combine": submitted.is_valid and bool(submitted.merged.mine),
        "errors": list_form_errors(submitted),
        "hidden_fields": build_hidden_fields(request, refusal.subject, submitted),
        "edit_url": edit_url(refusal.subject),
        "COMBINE": COMBINE,
    }
    return render(request, "approval/conflict.html", context, status=CONFLICT)


def build_hidden_fields(
    request: HttpRequest, subject: Any, submitted: SubmittedVersion
) -> list[tuple[str, str]]:
    """Return all submitted fields, to be sent again over the latest version."""
    posted = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_RESENT and not name.startswith("action-")
        for value in values
    ]
    again = [*posted, (OPENED, str(load_current_version(subject))), (BASE, str(submitted.base_revision))]
    if submitted.base_revision:
        return again
    return [*again, (OPENED_CONTENT, request.POST.get(OPENED_CONTENT) or sign_content(submitted.latest))]


def list_conflicting_labels(submitted: SubmittedVersion) -> list[str]:
    """Return the labels of the fields that both versions changed."""
    model = type(submitted.latest)
    return sorted(_field_label(model, name) for name in submitted.merged.both)


def _field_label(model: Any, name: str) -> str:
    field = model._meta.get_field(name)
    if field.auto_created:
        return str(capfirst(field.related_model._meta.verbose_name_plural))
    return str(capfirst(field.verbose_name))


def list_form_errors(submitted: SubmittedVersion) -> list[str]:
    """Return the form errors of the submitted version."""
    if submitted.is_valid:
        return []
    fields = [f"{name}: {' '.join(sentences)}" for name, sentences in submitted.form.errors.items()]
    return fields or [_("Alguna fila tiene un error. Guarda lo tuyo para verlo en su lugar.")]


def edit_url(subject: Any) -> str:
    if isinstance(subject, Page):
        return reverse("wagtailadmin_pages:edit", args=[subject.pk])
    return reverse(subject.snippet_viewset.get_url_name("edit"), args=[subject.pk])


def handle_save(request: HttpRequest, subject: Any) -> HttpResponse | None:
    """Refuse a stale save; save the merged version if the user chose to combine both."""
    if request.method != "POST" or getattr(subject, "alias_of_id", None):
        return None
    if request.POST.get("action-workflow-action"):
        raise ReviewRefused(_("Aquí no se decide sobre una revisión. Ábrela con «Revisar y decidir»."))
    check_not_stale(request, subject)
    if request.POST.get(CHOICE) != COMBINE:
        return None
    lock = subject.get_lock() if isinstance(subject, LockableMixin) else None
    submitted = read_submitted(request, subject)
    if not submitted.is_valid or (lock is not None and lock.for_user(request.user)):
        return None  # the ordinary form shows the errors beside the fields
    try:
        save_merged(submitted, request.user)
    except ValidationError as error:
        raise StaleVersion(" ".join(error.messages), subject) from error
    messages.success(request, _("Tus cambios se guardaron sobre la versión más nueva."))
    return redirect(edit_url(subject))


class UnsavedInput(NothingSaved):
    """A refusal that returns the submitted text because its object cannot be saved any more."""

    def __init__(self, sentence: str, submitted: str, status: int) -> None:
        super().__init__(sentence)
        self.submitted = submitted
        self.status = status
        self.is_final = True


def refuse_deleted(request: HttpRequest) -> UnsavedInput | None:
    """Return the refusal for text submitted to a deleted object; None if no text was submitted."""
    words = submitted_prose(request)
    sentence = _("Lo que editabas ya no existe: alguien lo borró mientras escribías.")
    return UnsavedInput(sentence, words, 404) if words else None


def refuse_forbidden(request: HttpRequest) -> UnsavedInput | None:
    """Return the refusal for text submitted by a user who lost the permission meanwhile."""
    words = submitted_prose(request) if OPENED in request.POST else ""
    sentence = _("Ya no puedes cambiar esto. Pide que te den otra vez el papel.")
    return UnsavedInput(sentence, words, 403) if words else None
