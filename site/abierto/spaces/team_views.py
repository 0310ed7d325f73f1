"""«Mi equipo»: the people of the municipalities that the user administers."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.invitations import NotInvitable
from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.bad_requests.keys import parse_key
from abierto.tenancy.models import Space

from .enums import ProposalStatus
from .forms import read_account
from .models import ReviewerProposal
from .municipality_forms import PersonForm
from .queries import load_roles
from .team import add_person, administered_spaces, deactivate_editor, find_editor, resend_invitation


class TeamView(WagtailAdminTemplateMixin, TemplateView):
    """The people of each municipality that the user administers, with what she may do about them."""

    template_name = "spaces/team.html"
    page_title = _("Mi equipo")
    header_icon = "group"
    success_url = reverse_lazy("spaces:team")

    @cached_property
    def spaces(self) -> list[Space]:
        return list(administered_spaces(self.user))

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.spaces:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add a person, close an editor's account or send her invitation again."""
        space = self.find_space(request.POST.get("team", ""))
        if "add" in request.POST:
            return self.add(space)
        self.act_on_editor(space)
        return redirect(self.success_url)

    def find_space(self, value: str) -> Space:
        space = next((space for space in self.spaces if str(space.pk) == value), None)
        if space is None:
            raise Http404
        return space

    def add(self, space: Space) -> HttpResponse:
        form = PersonForm(self.request.POST, prefix=f"person-{space.pk}")
        if form.is_valid():
            try:
                added = add_person(read_account(form), space, self.user)
            except NotAllowed as refusal:
                form.add_error("email", refusal.sentence)
            else:
                messages.success(self.request, describe_added(added))
                return redirect(self.success_url)
        return self.render_to_response(self.get_context_data(bound=(space.pk, form)))

    def act_on_editor(self, space: Space) -> None:
        account = find_editor(space, parse_key(self.request.POST.get("editor", "")) or 0)
        if account is None:
            raise Http404
        try:
            if "deactivate" in self.request.POST:
                deactivate_editor(account, space, self.user)
                sentence = gettext("%(name)s ya no trabaja aquí.")
            else:
                resend_invitation(account, space, self.user)
                sentence = gettext("Se envió otra vez la invitación a %(name)s.")
        except NotAllowed as refusal:
            messages.error(self.request, refusal.sentence)
        except NotInvitable:
            messages.error(
                self.request, _("Esta cuenta ya tiene contraseña, está cerrada o no tiene correo.")
            )
        else:
            messages.success(self.request, sentence % {"name": account.public_name})

    def get_context_data(self, bound: tuple[int, PersonForm] | None = None, **kwargs: Any) -> dict[str, Any]:
        waiting = ReviewerProposal.objects.filter(holder__in=self.spaces, status=ProposalStatus.OPEN)
        teams = [
            {
                "space": space,
                "roles": load_roles(space),
                "waiting": [row for row in waiting if row.holder_id == space.pk],
                "form": bound[1]
                if bound is not None and bound[0] == space.pk
                else PersonForm(prefix=f"person-{space.pk}"),
            }
            for space in self.spaces
        ]
        return super().get_context_data(teams=teams, **kwargs)


def describe_added(added: User | ReviewerProposal) -> str:
    """Return the message about a person who was added."""
    if isinstance(added, ReviewerProposal):
        return gettext("Propusiste a %(name)s. El equipo estatal lo confirma.") % {"name": added}
    return gettext("Se envió la invitación a %(name)s.") % {"name": added.email}
