"""The five steps of an editor's first day, on the home page until done or dismissed."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from django.db.models import Exists, Q, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState
from wagtail.users.models import UserProfile

from abierto.accounts.models import User
from abierto.approval.review.space_index import space_index_for
from pages.updates.models import ProgressUpdatePage

#: The key among the dismissed hints of Wagtail's profile.
DISMISSED = "abierto-tour"
#: In every stored stream that is not empty.
BLOCK = '"type"'


class TourStep(NamedTuple):
    """A step with the screen where it is done."""

    label: str
    url: str
    is_done: bool


def load_steps(user: User) -> list[TourStep]:
    """Return the steps of ``user`` with their state. One query."""
    updates = ProgressUpdatePage.objects.filter(owner=user)
    sent = WorkflowState.objects.filter(requested_by=user)
    decided = TaskState.objects.filter(workflow_state__requested_by=user).filter(
        Q(status=TaskState.STATUS_APPROVED) | Q(status=TaskState.STATUS_REJECTED)
    )
    # As text: SQLite cannot look into a stored stream.
    streams = updates.annotate(
        own_evidence=Cast("evidence", TextField()), row_evidence=Cast("rows__evidence", TextField())
    )
    proved = streams.filter(Q(own_evidence__contains=BLOCK) | Q(row_evidence__contains=BLOCK))
    done = (
        User.objects.filter(pk=user.pk)
        .annotate(has_begun=Exists(updates), has_proved=Exists(proved))
        .annotate(has_sent=Exists(sent), has_decision=Exists(decided))
        .values("has_begun", "has_proved", "has_sent", "has_decision")
        .get()
    )
    commitments, pending = reverse("commitments:index"), reverse("dashboard:pending")
    named = bool(user.get_full_name())
    return [
        TourStep(_("Revisa tu nombre en tu cuenta"), reverse("wagtailadmin_account"), named),
        TourStep(_("Empieza un avance de uno de tus compromisos"), commitments, done["has_begun"]),
        TourStep(_("Agrega una prueba a una de sus acciones"), pending, done["has_proved"]),
        TourStep(_("Envíalo a revisión"), pending, done["has_sent"]),
        TourStep(_("Lee lo que decidió quien revisa"), pending, done["has_decision"]),
    ]


def is_dismissed(user: User) -> bool:
    """Check whether ``user`` closed the tour."""
    return bool(UserProfile.get_for_user(user).dismissibles.get(DISMISSED))


class TourPanel(Component):
    """The steps, for people who edit and have not closed them."""

    name = "dashboard_tour"
    order = 10
    template_name = "dashboard/tour_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        if not space_index_for(request).edited or is_dismissed(request.user):
            return {"steps": [], "request": request}
        steps = load_steps(request.user)
        return {"steps": [] if all(step.is_done for step in steps) else steps, "request": request}


@require_POST
def dismiss_tour(request: HttpRequest) -> HttpResponse:
    """Close the tour of the current user for good."""
    profile = UserProfile.get_for_user(cast(User, request.user))
    profile.dismissibles[DISMISSED] = True
    profile.save(update_fields=["dismissibles"])
    return redirect("wagtailadmin_home")
