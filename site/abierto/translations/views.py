"""Send a translation to review from its editor, and import its PO file."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import stop_translation, user_can_edit_instance

from abierto.accounts.models import User
from abierto.approval.errors import join_first
from abierto.approval.review.notes import SubmissionNoteForm

from .po_files import PoRefused, import_po
from .services import TranslationRefused, send_translation, write_draft

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_ERRORS = 10


@require_POST
def send(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Send the translated strings to review; a refusal becomes a response 409 and changes nothing."""
    translation = get_object_or_404(Translation, pk=translation_id, enabled=True)
    form = SubmissionNoteForm(request.POST)
    note = form.cleaned_data["submission_note"] if form.is_valid() else ""
    if form.errors:
        messages.error(request, " ".join(map(str, form.errors["submission_note"])))
    else:
        send_translation(translation, cast(User, request.user), note)
        messages.success(request, _("La traducción se envió a revisión. Otra persona la aprueba."))
    return redirect(translation.get_target_instance_edit_url())


@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Import a PO file; replaces wagtail-localize's view, which ignores invalid entries."""
    translation = get_object_or_404(Translation, pk=translation_id)
    if not user_can_edit_instance(request.user, translation.get_target_instance()):
        raise PermissionDenied
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise PoFileRefused(_("Elige el archivo PO que descargaste de esta página."))
    try:
        count = import_po(translation, uploaded.read(), cast(User, request.user))
    except PoRefused as refusal:
        raise PoFileRefused(join_first([*map(str, refusal.errors)], MOST_ERRORS)) from refusal
    done = ngettext(
        "Se importó la traducción de %(count)s texto.", "Se importó la traducción de %(count)s textos.", count
    )
    messages.success(request, done % {"count": count})
    return redirect(translation.get_target_instance_edit_url())


@require_POST
def stop(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Stop the translation, and save its strings in a draft of the page for the normal editor."""
    translation = get_object_or_404(Translation, pk=translation_id)
    target = translation.get_target_instance()
    if not user_can_edit_instance(request.user, target):
        raise PermissionDenied
    if translation.enabled and isinstance(target, Page) and target.current_workflow_state is None:
        write_draft(translation, cast(User, request.user))
    response: HttpResponse = stop_translation(request, translation_id)
    return response


class PoFileRefused(TranslationRefused):
    """A refused PO file; nothing was stored."""

    heading: StrOrPromise = gettext_lazy("No se importó nada")
