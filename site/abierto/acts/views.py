"""«Actos del Estado»: propose an act, confirm or withdraw one, and read those that were decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from abierto.approval.errors import NotAllowed
from abierto.bad_requests.keys import parse_key
from abierto.spaces.enums import ProposalStatus, Role
from abierto.spaces.forms import AccountFormSet, read_accounts
from abierto.spaces.models import MunicipalitySpace, TwoPersonProposal
from abierto.spaces.municipality_views import AdministratorViewMixin

from .administration import ADMINISTRATION, propose_administration
from .forms import AdministrationForm, HandoverForm, SuspensionForm, TownForm
from .handover import HANDOVER, propose_handover
from .services import ActKind, build_token, confirm_act, withdraw_act
from .suspension import SUSPENSION, propose_suspension

KINDS: dict[str, ActKind] = {kind.key: kind for kind in (SUSPENSION, ADMINISTRATION, HANDOVER)}
SHOWN_DECIDED = 20


@dataclass(frozen=True)
class ShownAct:
    """An open act, as its screen shows it."""

    kind: str
    act: TwoPersonProposal
    effects: list[str]
    token: str
    may_confirm: bool


class ActsView(AdministratorViewMixin, TemplateView):
    """The acts that wait for a second person, and the last that were decided."""

    template_name = "acts/list.html"
    page_title = _("Actos del Estado")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm or withdraw one act."""
        kind, key = KINDS.get(request.POST.get("kind", "")), parse_key(request.POST.get("act", ""))
        if kind is None or key is None or not kind.model._default_manager.filter(pk=key).exists():
            raise Http404
        try:
            if "confirm" in request.POST:
                act = confirm_act(kind, key, request.POST.get("token", ""), self.user)
                messages.success(request, gettext("Confirmado: %(act)s.") % {"act": act})
            elif "withdraw" in request.POST:
                withdraw_act(kind, key, self.user)
                messages.success(request, _("La propuesta quedó retirada."))
            else:
                raise Http404
        except NotAllowed as refusal:
            messages.error(request, refusal.sentence)
        return redirect("acts:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [
            ShownAct(
                kind.key,
                act,
                kind.describe(act),
                build_token(kind, act),
                act.proposed_by_id != self.user.pk,
            )
            for kind in KINDS.values()
            for act in find_acts(kind, ProposalStatus.OPEN)
        ]
        decided = [
            act
            for kind in KINDS.values()
            for act in find_acts(kind, ProposalStatus.CONFIRMED)[:SHOWN_DECIDED]
        ]
        decided.sort(key=lambda act: act.decided_at, reverse=True)
        return super().get_context_data(acts=shown, decided=decided[:SHOWN_DECIDED], **kwargs)


def find_acts(kind: ActKind, status: ProposalStatus) -> Any:
    rows = kind.model._default_manager.filter(status=status)
    return rows.select_related("proposed_by", "decided_by").order_by("-pk")


class ProposeView(AdministratorViewMixin, FormView):
    """A form that proposes an act; the sentence of a refusal is shown above it."""

    template_name = "acts/propose.html"
    success_url = reverse_lazy("acts:list")
    introduction: Any = ""

    def propose(self, values: dict[str, Any]) -> TwoPersonProposal:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Save the proposal, or show the refusal above the form."""
        try:
            act = self.propose(form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        sentence = gettext("Propusiste: %(act)s. Otra persona del equipo estatal lo confirma.")
        messages.success(self.request, sentence % {"act": act})
        return redirect(self.success_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "introduction": self.introduction,
            "submit_button_label": _("Proponer"),
            "media": context["form"].media,
        }


class SuspensionView(ProposeView):
    """Propose to suspend a microsite, or to lift its suspension."""

    page_title = _("Suspender un micrositio")
    form_class = SuspensionForm
    introduction = _(
        "Mientras dura, cada página dice desde cuándo y por qué, y la gente del municipio solo lee. Lo "
        "publicado sigue a la vista. Otra persona del equipo estatal lo confirma."
    )

    def propose(self, values: dict[str, Any]) -> TwoPersonProposal:
        return propose_suspension(values["space"], values["reason"], self.user, is_lifted=values["is_lifted"])


class TownView(AdministratorViewMixin, FormView):
    """Choose the municipality whose administration ends."""

    template_name = "acts/propose.html"
    page_title = _("Cambio de administración")
    form_class = TownForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        return redirect("acts:administration", form.cleaned_data["town"].pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        introduction = _("Primero, el municipio. Después, el último día, sus páginas y quién sigue.")
        media = context["form"].media
        return context | {"introduction": introduction, "submit_button_label": _("Seguir"), "media": media}


class AdministrationView(ProposeView):
    """Propose the end of an administration and the accounts of the next."""

    template_name = "acts/administration.html"
    page_title = _("Cambio de administración")
    form_class = AdministrationForm
    introduction = _(
        "Se cierran los asientos y las cuentas, lo público queda con el nombre de su administración, y quien "
        "administrará recibe un enlace de un solo uso. Otra persona del equipo estatal lo confirma."
    )

    @cached_property
    def town(self) -> MunicipalitySpace:
        rows = MunicipalitySpace.objects.select_related("holder", "municipality")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def accounts(self) -> forms.BaseFormSet:
        first = [{"role": Role.ADMINISTRATOR}]
        return AccountFormSet(self.request.POST or None, prefix="accounts", initial=first)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "town": self.town}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        # Both, so that every error is shown at once.
        if form.is_valid() & self.accounts.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def propose(self, values: dict[str, Any]) -> TwoPersonProposal:
        accounts = read_accounts(self.accounts)
        return propose_administration(
            self.town, values["name"], values["ended_on"], values["branches"], accounts, self.user
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(accounts=self.accounts, **kwargs)

    def get_page_subtitle(self) -> str:
        """Return the name of the municipality."""
        return str(self.town.municipality)


class HandoverView(ProposeView):
    """Propose the handover of an institution to its successor."""

    page_title = _("Relevo de una institución")
    form_class = HandoverForm
    introduction = _(
        "Sus compromisos, asientos, cuentas y páginas pasan a la sucesora desde el día siguiente; lo "
        "anterior conserva el nombre de la que terminó. Otra persona del equipo estatal lo confirma."
    )

    def propose(self, values: dict[str, Any]) -> TwoPersonProposal:
        return propose_handover(**values, by=self.user)
