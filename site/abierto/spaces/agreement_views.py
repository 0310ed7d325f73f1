"""«Acuerdos de revisión»: the agreements of the user's municipalities, or all of them for the state."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.roles.grants import is_state_administrator
from abierto.bad_requests.keys import parse_key
from abierto.tenancy.access import administers
from abierto.tenancy.enums import SpaceKind

from .agreement_forms import AgreementForm
from .agreements import (
    accept_agreement,
    confirm_agreement,
    end_agreement,
    find_visible_agreements,
    may_accept,
    may_confirm,
    may_end,
    propose_agreement,
)
from .models import ReviewAgreement

ACTS = {
    "accept": (accept_agreement, _("Aceptaste el acuerdo. Falta que lo confirme el equipo estatal.")),
    "confirm": (confirm_agreement, _("El acuerdo está vigente. Sus dos municipios reciben un aviso.")),
    "end": (end_agreement, _("El acuerdo terminó. Sus dos municipios reciben un aviso.")),
}


class AgreementsView(WagtailAdminTemplateMixin, TemplateView):
    """List, propose, accept, confirm and end agreements."""

    template_name = "spaces/agreements.html"
    page_title = _("Acuerdos de revisión")
    header_icon = "group"

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (is_state_administrator(self.user) or administers(self.user, SpaceKind.MUNICIPALITY)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Propose an agreement, or do one act on a known one."""
        if "propose" in request.POST:
            return self.propose()
        name = next((name for name in ACTS if name in request.POST), "")
        if not name:
            raise Http404
        act, done = ACTS[name]
        try:
            act(self.find_agreement(request.POST[name]).pk, self.user)
        except NotAllowed as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, done)
        return redirect("spaces:agreements")

    def propose(self) -> HttpResponse:
        form = AgreementForm(self.request.POST, by=self.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            propose_agreement(**form.cleaned_data, by=self.user)
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(self.request, _("Propusiste el acuerdo. Falta que lo acepte el otro municipio."))
        return redirect("spaces:agreements")

    def find_agreement(self, value: str) -> ReviewAgreement:
        """Return the agreement with this key; 404 for one of other municipalities."""
        key = parse_key(value)
        found = find_visible_agreements(self.user).filter(pk=key).first() if key is not None else None
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", AgreementForm(by=self.user))
        rows = list(find_visible_agreements(self.user))
        described = [describe_agreement(row, self.user) for row in rows]
        return super().get_context_data(
            running=[row for row in described if row["agreement"].is_open],
            past=[row for row in described if not row["agreement"].is_open],
            media=kwargs["form"].media,
            **kwargs,
        )


def describe_agreement(agreement: ReviewAgreement, user: User) -> dict[str, Any]:
    """Return an agreement and what ``user`` may do about it."""
    return {
        "agreement": agreement,
        "may_accept": may_accept(agreement, user),
        "may_confirm": may_confirm(agreement, user),
        "may_end": may_end(agreement, user),
    }
