"""«Altas de municipios»: propose one, confirm what others proposed, and the template of their pages."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.roles.grants import is_state_administrator
from abierto.bad_requests.keys import parse_key

from .enums import AgreementStatus, ProposalStatus, ReviewSource, Role
from .forms import AccountFormSet, read_accounts
from .microsite_template import load_template
from .models import MunicipalityProposal, MunicipalitySpace, ReviewAgreement, ReviewerProposal, TemplatePage
from .municipality_forms import (
    MunicipalityForm,
    ReviewForm,
    TemplateFormSet,
    lacks_reviewer,
    read_new_municipality,
)
from .proposals import build_token, confirm_municipality, confirm_reviewer, propose_municipality, withdraw
from .review_source import change_review, describe_review
from .views import StateViewMixin


class AdministratorViewMixin(StateViewMixin, WagtailAdminTemplateMixin):
    """Respond only to the administrators of the state."""

    header_icon = "group"
    page_title: Any

    def may_open(self, user: User) -> bool:
        return is_state_administrator(user)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("spaces:list"), "label": _("Espacios")},
            {"url": "", "label": self.page_title},
        ]


class MunicipalityProposeView(AdministratorViewMixin, FormView):
    """One form for a municipality, its microsite, its review and its first accounts."""

    template_name = "spaces/propose.html"
    page_title = _("Proponer un municipio")
    form_class = MunicipalityForm
    success_url = reverse_lazy("spaces:proposals")

    @cached_property
    def accounts(self) -> forms.BaseFormSet:
        return AccountFormSet(self.request.POST or None, prefix="accounts")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        # Both, so that every error is shown at once.
        if form.is_valid() & self.accounts.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def form_valid(self, form: MunicipalityForm) -> HttpResponse:
        """Save the proposal, or show the refusal above the form."""
        new, accounts = read_new_municipality(form), read_accounts(self.accounts)
        if lacks_reviewer(new, accounts):
            form.add_error("review", _("Agrega abajo a una persona que revise, o elige al equipo estatal."))
            return self.form_invalid(form)
        try:
            propose_municipality(new, accounts, self.user)
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        sentence = gettext("Propusiste «%(name)s». Otra persona del equipo estatal lo confirma.")
        messages.success(self.request, sentence % {"name": new.municipality})
        return redirect(self.success_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "accounts": self.accounts,
            "pages": [row for row in load_template() if row.is_included],
            "submit_button_label": _("Proponer el municipio"),
            "media": context["form"].media,
        }


class ProposalsView(AdministratorViewMixin, TemplateView):
    """Open proposals of municipalities and of their reviewers, in one form."""

    template_name = "spaces/proposals.html"
    page_title = _("Altas por confirmar")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm or withdraw the chosen rows, each all or nothing."""
        if not {"confirm", "withdraw"} & request.POST.keys():
            raise Http404
        chosen = read_chosen(request, "municipality") + read_chosen(request, "reviewer")
        if not chosen:
            messages.error(request, _("Elige al menos una."))
        done = 0
        for name, key, token in chosen:
            try:
                decide_proposal(name, key, token, self.user, is_confirmed="confirm" in request.POST)
            except NotAllowed as refusal:
                messages.error(request, refusal.sentence)
            else:
                done += 1
        if done:
            messages.success(request, gettext("Decididas: %(number)s.") % {"number": done})
        return redirect("spaces:proposals")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        template = load_template()
        rows = MunicipalityProposal.objects.filter(status=ProposalStatus.OPEN)
        people = ReviewerProposal.objects.filter(status=ProposalStatus.OPEN)
        return super().get_context_data(
            municipalities=[
                describe_proposal(row, build_token(row, template), self.user)
                for row in rows.select_related("municipality", "proposed_by")
            ],
            reviewers=[
                (row, row.proposed_by_id != self.user.pk)
                for row in people.select_related("holder", "proposed_by")
            ],
            pages=[row for row in template if row.is_included],
            accepted_agreements=ReviewAgreement.objects.filter(status=AgreementStatus.ACCEPTED).count(),
            **kwargs,
        )


class ReviewSourceView(AdministratorViewMixin, FormView):
    """Change who reviews what a municipality publishes."""

    template_name = "spaces/review_source.html"
    page_title = _("Quién revisa")
    form_class = ReviewForm

    @cached_property
    def link(self) -> MunicipalitySpace:
        rows = MunicipalitySpace.objects.select_related("holder__workflow", "holder__reviewers")
        return get_object_or_404(rows, holder=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"review": self.link.review, "has_state_step": self.link.has_state_step}

    def form_valid(self, form: ReviewForm) -> HttpResponse:
        """Save the change, or show the refusal beside the field."""
        review, has_state_step = (
            ReviewSource(form.cleaned_data["review"]),
            form.cleaned_data["has_state_step"],
        )
        try:
            change_review(self.link, review, has_state_step=has_state_step, by=self.user)
        except NotAllowed as refusal:
            form.add_error("review", refusal.sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("Quedó guardado. Su gente recibe un aviso."))
        return redirect("spaces:detail", self.link.holder_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "page_subtitle": self.link.holder.name,
            "current": describe_review(self.link),
            "is_by_agreement": self.link.review == ReviewSource.NEIGHBOUR,
            "submit_button_label": _("Guardar"),
            "media": context["form"].media,
        }


def read_chosen(request: HttpRequest, name: str) -> list[tuple[str, int, str]]:
    """Return the chosen rows as name, key and token; a value that is no key is left out."""
    found = []
    for value in request.POST.getlist(name):
        number, _separator, token = value.partition(":")
        if (key := parse_key(number)) is not None:
            found.append((name, key, token))
    return found


def decide_proposal(name: str, key: int, token: str, by: User, *, is_confirmed: bool) -> None:
    """Confirm or withdraw one row.

    Raises:
        NotAllowed: with the sentence for the user.
        Http404: if there is no such row.
    """
    rows = {"municipality": MunicipalityProposal, "reviewer": ReviewerProposal}[name].objects  # type: ignore[attr-defined]
    proposal = rows.filter(pk=key).first()
    if proposal is None:
        raise Http404
    if not is_confirmed:
        withdraw(proposal, by)
    elif name == "municipality":
        confirm_municipality(key, token, by)
    else:
        confirm_reviewer(key, by)


def describe_proposal(row: MunicipalityProposal, token: str, user: User) -> dict[str, Any]:
    """Return the context of one proposal on the screen."""
    return {
        "row": row,
        "value": f"{row.pk}:{token}",
        "may_confirm": row.proposed_by_id != user.pk,
        "review": ReviewSource(row.review).label,
        "accounts": [account | {"role": Role(account["role"]).label} for account in row.accounts],
    }


class MicrositeTemplateView(AdministratorViewMixin, TemplateView):
    """The pages with which a microsite starts."""

    template_name = "spaces/template.html"
    page_title = _("Plantilla de los micrositios")

    @cached_property
    def formset(self) -> forms.BaseFormSet:
        return TemplateFormSet(self.request.POST or None, queryset=TemplatePage.objects.all())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.formset.is_valid():
            return self.render_to_response(self.get_context_data())
        cast(Any, self.formset).save()
        messages.success(
            request, _("La plantilla quedó guardada. Los micrositios que ya existen no cambian.")
        )
        return redirect("spaces:template")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(formset=self.formset, **kwargs)
