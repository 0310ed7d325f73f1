"""«Papeles por confirmar»: the second person's word."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User

from .confirmation import confirm_account, find_unconfirmed
from .grants import is_state_administrator


class RolesView(WagtailAdminTemplateMixin, TemplateView):
    """The accounts that wait for a second person of the state's level."""

    template_name = "approval/roles.html"
    page_title = _("Papeles por confirmar")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer to the state's level only."""
        if not is_state_administrator(cast(User, request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm one."""
        number = request.POST.get("account", "")
        key = int(number) if number.isdecimal() and len(number) < 19 else 0
        account = get_object_or_404(User, pk=key)
        confirm_account(account, cast(User, request.user))
        sentence = _("Confirmaste a %(name)s. Dile que cambie su contraseña si no la eligió ella.")
        messages.success(request, sentence % {"name": account.public_name})
        return redirect("approval_roles")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Assemble the screen."""
        user = cast(User, self.request.user)
        rows = [(one, one.may_be_confirmed_by(user)) for one in find_unconfirmed()]
        return super().get_context_data(rows=rows, **kwargs)


class RolesMenuItem(MenuItem):
    """Leads whoever keeps accounts to what waits for her word."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whoever keeps accounts."""
        return bool(request.user.has_perm("accounts.change_user"))


@hooks.register("register_admin_urls")
def register_roles_url() -> list[URLPattern]:
    """Give it its screen."""
    return [path("approval/papeles/", RolesView.as_view(), name="approval_roles")]


@hooks.register("register_settings_menu_item")
def register_roles_item() -> MenuItem:
    """Put it beside the accounts."""
    return RolesMenuItem(
        _("Papeles por confirmar"),
        reverse("approval_roles"),
        name="roles-to-confirm",
        icon_name="group",
        order=610,
    )
