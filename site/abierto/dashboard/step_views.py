"""«Pasos de la revisión»: in which spaces somebody of the state approves after the space's own reviewers."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.approval.roles.grants import runs_the_state
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space

from .review_steps import STEPS_OF_ITS_OWN, has_second_step, set_second_step

ONE, TWO = "1", "2"
LABELS = {
    ONE: _("Un paso: aprueba el espacio"),
    TWO: _("Dos pasos: aprueba el espacio y después el equipo estatal"),
}


class ForTheState:
    """Lets in whoever runs the state's space; to anybody else there is nothing here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check before anything is read."""
        if not runs_the_state(cast(User, request.user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def steps_of_space(space: Any) -> str:
    """Say how many steps the review of a space has."""
    return str(LABELS[TWO if space.steps > STEPS_OF_ITS_OWN else ONE])


class StepsView(ForTheState, BaseListingView):
    """The spaces that may have a second step: all but the state's."""

    page_title = _("Pasos de la revisión")
    header_icon = "clipboard-list"
    index_url_name = "dashboard:steps"
    paginate_by = 60
    no_results_message = _("Ningún espacio, fuera del estatal.")
    columns = [
        TitleColumn("name", label=_("Espacio"), url_name="dashboard:space_steps"),
        Column("steps", label=_("Revisión"), accessor=steps_of_space),
    ]

    def get_base_queryset(self) -> QuerySet[Space]:
        """Return them with their number of steps."""
        active = Count("workflow__workflow_tasks", filter=Q(workflow__workflow_tasks__task__active=True))
        return Space.objects.exclude(kind=SpaceKind.STATE).annotate(steps=active).order_by("name")


class StepsForm(forms.Form):
    """One step or two."""

    steps = forms.ChoiceField(
        label=_("Quién aprueba"), choices=list(LABELS.items()), widget=forms.RadioSelect
    )


class SpaceStepsView(ForTheState, WagtailAdminTemplateMixin, FormView):
    """Choose the steps of one space's review."""

    template_name = "dashboard/steps.html"
    page_title = _("Pasos de la revisión")
    header_icon = "clipboard-list"
    form_class = StepsForm
    success_url = reverse_lazy("dashboard:steps")

    @cached_property
    def space(self) -> Space:
        """The space, other than the state's."""
        return get_object_or_404(Space.objects.exclude(kind=SpaceKind.STATE), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        """Show how it is today."""
        return {"steps": TWO if has_second_step(self.space) else ONE}

    def form_valid(self, form: StepsForm) -> HttpResponse:
        """Keep it, and tell everybody."""
        set_second_step(self.space, form.cleaned_data["steps"] == TWO, cast(User, self.request.user))
        messages.success(
            self.request, gettext("Así se revisa ahora «%(space)s».") % {"space": self.space.name}
        )
        return redirect(self.success_url)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("dashboard:steps"), "label": self.page_title},
            {"url": "", "label": self.space.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the form's page says."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"submit_button_label": _("Guardar"), "page_subtitle": self.space.name}
