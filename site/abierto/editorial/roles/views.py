"""«Papeles por confirmar»: the second person's word."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.editorial.roles.confirming import confirm, waiting
from abierto.editorial.roles.grants import runs_the_state


class RolesView(WagtailAdminTemplateMixin, TemplateView):
    """The accounts that wait for a second person of the state's level."""

    template_name = "editorial/roles.html"
    page_title = gettext_lazy("Papeles por confirmar")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer to the state's level only."""
        if not runs_the_state(cast(User, request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm one."""
        number = request.POST.get("account", "")
        key = int(number) if number.isdecimal() and len(number) < 19 else 0
        account = get_object_or_404(User, pk=key)
        confirm(account, cast(User, request.user))
        sentence = _("Confirmaste a %(name)s. Dile que cambie su contraseña si no la eligió ella.")
        messages.success(request, sentence % {"name": account.public_name})
        return redirect("editorial_roles")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Assemble the screen."""
        user = cast(User, self.request.user)
        rows = [(one, one.may_be_confirmed_by(user)) for one in waiting()]
        return super().get_context_data(rows=rows, **kwargs)
