"""«Nuevo plan a partir de otro»: the form with the commitments that continue."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.text import VisibleCharField
from pages.plans.copying import (
    Branch,
    choose_by_outcome,
    describe_commitment,
    propose_plan,
    read_branches,
    start_plan,
)
from pages.plans.models import PlanPage

from .draft_views import StartDraftView, build_date_field


class StartPlanForm(forms.Form):
    """The name and the period of a new plan, and the commitments that it takes over."""

    title = VisibleCharField(
        label=_("Nombre del plan"),
        max_length=255,
        error_messages={"required": _("Escribe cómo se llama el plan.")},
    )
    start = build_date_field(_("Desde"), _("Escribe el primer día del plan."))
    end = build_date_field(
        _("Hasta"),
        _("Escribe el último día del plan."),
        _("Las fechas de compromisos y acciones se recorren lo mismo que el inicio del plan."),
    )
    commitments = forms.TypedMultipleChoiceField(
        label=_("Compromisos que continúan"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Marcados están los reprogramados; si no hay, todos. Cada uno dirá de dónde viene."),
        error_messages={
            "required": _("Elige al menos un compromiso."),
            "invalid_choice": _("Ese compromiso no es de este plan, o ya no está."),
        },
    )

    def __init__(self, *args: Any, branches: list[Branch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (f"{axis.code}. {axis.title}", [(page.pk, describe_commitment(page)) for page in pages])
            for axis, pages in branches
            if pages
        ]
        if not choices:
            del self.fields["commitments"]
            return
        field = self.fields["commitments"]
        field.choices = choices  # type: ignore[attr-defined]
        field.initial = [page.pk for page in choose_by_outcome(branches)]


class StartPlanView(StartDraftView):
    """The view «Nuevo plan a partir de este»."""

    model = PlanPage
    child_model = PlanPage
    another_label = _("Empezar otro plan")
    form_class = StartPlanForm
    page_title = _("Nuevo plan a partir de otro")
    header_icon = "copy"
    introduction = _(
        "Se copian los compromisos que elijas, con sus ejes, acciones, textos, instituciones y metas ODS. "
        "No se copian avances, informes, cifras, pruebas ni el cuerpo de las páginas. Todo queda como "
        "borrador tuyo."
    )
    submit_label = _("Crear el plan nuevo")
    list_url = reverse_lazy("commitments:index")
    list_label = _("Compromisos")

    @cached_property
    def parent(self) -> PlanPage:
        """Return the plan whose structure is copied: its public version, or its draft."""
        plan: PlanPage = get_object_or_404(PlanPage, id=self.kwargs["page_id"])
        return plan if plan.live else plan.get_latest_revision_as_object()

    @property
    def draft_parent(self) -> Page:
        """Return the page that the new plan goes under."""
        return self.parent.get_parent().specific

    @property
    def can_start(self) -> bool:
        """Return True: a work plan is copied too."""
        return True

    def get_initial(self) -> dict[str, Any]:
        """Propose the period after that of the plan."""
        proposal = propose_plan(self.parent)
        return {"title": proposal.title, "start": proposal.period_start, "end": proposal.period_end}

    def get_form_kwargs(self) -> dict[str, Any]:
        branches = read_branches(self.parent, cast(User, self.request.user))
        return {**super().get_form_kwargs(), "branches": branches}

    def start(self, values: dict[str, Any]) -> Page:
        chosen = values.get("commitments")
        period = {name: values[name] for name in ("title", "start", "end")}
        try:
            return start_plan(self.parent, **period, user=cast(User, self.request.user), chosen=chosen)
        except ValidationError as error:
            raise ValidationError({"end": error.messages}) from error

    def open_draft(self, page: Page) -> HttpResponse:
        """Open the outline of the new plan, from which the whole plan is submitted."""
        messages.success(
            self.request,
            gettext("«%(title)s» quedó como borrador con todo su esquema. Revísalo y envíalo completo.")
            % {"title": page},
        )
        return HttpResponseRedirect(reverse("plans:outline", args=[page.pk]))
