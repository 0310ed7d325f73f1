"""«Mis compromisos en una tabla»: report on all the commitments of a user on one screen."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.review.notes import SubmissionNoteForm
from abierto.approval.review.space_index import space_index_for
from abierto.bundles.models import Bundle
from abierto.bundles.services import submit_bundle
from abierto.deadlines.due_reports import find_reported_promises
from pages.core.formatting import full_date
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.updates.grid import GridCommitment, build_grid
from pages.updates.grid_saving import GridRefused, save_drafts, send_update

SEND_ONE = "send-"


def send_all(chosen: list[GridCommitment], user: User, note: str) -> Bundle:
    """Save the updates of ``chosen`` and send them in one bundle.

    Raises:
        GridRefused: with the errors on the commitments; nothing was saved.
        ReviewRefused: naming the update that cannot be sent; nothing was saved.
    """
    name = gettext("Avances del %(day)s") % {"day": full_date(timezone.localdate())}
    with transaction.atomic():
        updates = save_drafts(chosen, user, is_complete=True)
        return submit_bundle(Bundle(name=name, note=note), updates, user)


class CommitmentGridView(WagtailAdminTemplateMixin, TemplateView):
    """The grid: drafts are saved, one commitment is sent, or all of them in one bundle."""

    template_name = "dashboard/commitment_grid.html"
    page_title = _("Mis compromisos")
    header_icon = "list-ul"

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def promises(self) -> list[tuple[CommitmentPage, PlanPage]]:
        return find_reported_promises(space_index_for(self.request))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        grid = build_grid(self.promises, self.user)
        return self.render_to_response(self.get_context_data(grid=grid, note_form=SubmissionNoteForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Handle the submitted button; with errors show the form again with its input."""
        grid = build_grid(self.promises, self.user, request.POST)
        note_form = SubmissionNoteForm(request.POST)
        action = request.POST.get("do", "save")
        steps = {"save": self.save, "send": self.send}
        try:
            if not note_form.is_valid():
                raise GridRefused
            note = note_form.cleaned_data["submission_note"]
            if action.startswith(SEND_ONE):
                return self.send_one(grid, action.removeprefix(SEND_ONE), note)
            if action not in steps:
                raise BadRequest("No such button.")
            return steps[action]([entry for entry in grid if entry.is_included], note)
        except GridRefused:
            messages.error(
                request, gettext("No se guardó nada: corrige lo que se señala en cada compromiso.")
            )
        except ReviewRefused as refusal:
            messages.error(request, refusal.sentence)
        return self.render_to_response(self.get_context_data(grid=grid, note_form=note_form))

    def save(self, chosen: list[GridCommitment], note: str) -> HttpResponse:
        number = len(
            save_drafts([entry for entry in chosen if entry.is_changed], self.user, is_complete=False)
        )
        text = ngettext("Se guardó %(number)s borrador.", "Se guardaron %(number)s borradores.", number)
        messages.success(
            self.request, text % {"number": number} if number else gettext("No había nada que guardar.")
        )
        return redirect("dashboard:grid")

    def send(self, chosen: list[GridCommitment], note: str) -> HttpResponse:
        if not chosen:
            raise ReviewRefused(gettext("Escribe primero el avance de algún compromiso."))
        bundle = send_all(chosen, self.user, note)
        messages.success(
            self.request, gettext("El paquete «%(name)s» se envió a revisión.") % {"name": bundle.name}
        )
        return redirect("bundles:detail", bundle.pk)

    def send_one(self, grid: list[GridCommitment], key: str, note: str) -> HttpResponse:
        """Send one commitment; the input of others stays in the form."""
        entry = next((entry for entry in grid if str(entry.commitment.pk) == key), None)
        if entry is None:
            raise BadRequest("No such commitment.")
        update = send_update(entry, self.user, note)
        messages.success(self.request, gettext("«%(title)s» se envió a revisión.") % {"title": update})
        if not any(other.is_changed for other in grid if other is not entry):
            return redirect("dashboard:grid")
        sent = frozenset({entry.commitment.pk})
        grid = build_grid(self.promises, self.user, self.request.POST, without=sent)
        return self.render_to_response(self.get_context_data(grid=grid, note_form=SubmissionNoteForm()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the buttons for all only where there is something to write."""
        grid: list[GridCommitment] = kwargs["grid"]
        has_fields = any(entry.has_fields for entry in grid)
        media = sum((form.media for entry in grid for form in entry.forms), kwargs["note_form"].media)
        return super().get_context_data(has_fields=has_fields, media=media, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("commitments:index"), "label": _("Compromisos")},
            {"url": "", "label": self.page_title},
        ]
