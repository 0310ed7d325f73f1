"""The view «Plazos de conservación»: the terms, the open proposals, and the decided ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from abierto.acts.services import build_token
from abierto.approval.errors import NotAllowed
from abierto.bad_requests.keys import parse_key
from abierto.spaces.enums import ProposalStatus
from abierto.spaces.municipality_views import AdministratorViewMixin

from .models import NOTE_LENGTH, DeletionProposal
from .services import (
    DELETION,
    RETENTIONS,
    Retention,
    agree_to_deletion,
    confirm_deletion,
    describe_deletion,
    refuse_deletion,
)

SHOWN_DECIDED = 20


@dataclass(frozen=True)
class ShownProposal:
    """An open proposal with the values for its template."""

    proposal: DeletionProposal
    retention: Retention
    sentences: list[str]
    token: str
    may_agree: bool
    may_confirm: bool


class DeletionsView(AdministratorViewMixin, TemplateView):
    """Agree to, confirm or refuse a deletion; only for administrators of the state."""

    template_name = "retention/list.html"
    page_title = _("Plazos de conservación")
    header_icon = "bin"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Run the submitted step for one proposal; ``NotAllowed`` becomes a message."""
        key, reason = parse_key(request.POST.get("proposal", "")), request.POST.get("reason", "")
        if key is None or not DeletionProposal.objects.filter(pk=key).exists():
            raise Http404
        try:
            if "agree" in request.POST:
                agree_to_deletion(key, reason, self.user)
                messages.success(request, _("De acuerdo. Falta que otra persona lo confirme."))
            elif "confirm" in request.POST:
                done = confirm_deletion(key, request.POST.get("token", ""), self.user)
                messages.success(request, gettext("Borrado: %(count)s.") % {"count": done.deleted})
            elif "refuse" in request.POST:
                refuse_deletion(key, reason, self.user)
                messages.success(request, _("Decidiste que no se borra nada."))
            else:
                raise Http404
        except NotAllowed as refusal:
            messages.error(request, refusal.sentence)
        return redirect("retention:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = DeletionProposal.objects.select_related("proposed_by", "decided_by")
        shown = [
            ShownProposal(
                proposal,
                RETENTIONS[proposal.kind],
                describe_deletion(proposal),
                build_token(DELETION, proposal),
                may_agree=proposal.proposed_by_id is None,
                may_confirm=proposal.proposed_by_id not in {None, self.user.pk},
            )
            for proposal in rows.filter(status=ProposalStatus.OPEN)
        ]
        decided = rows.exclude(status=ProposalStatus.OPEN).order_by("-decided_at", "-pk")
        terms = [(retention, retention.find_due().count()) for retention in RETENTIONS.values()]
        return super().get_context_data(
            shown=shown, decided=decided[:SHOWN_DECIDED], terms=terms, longest=NOTE_LENGTH, **kwargs
        )
