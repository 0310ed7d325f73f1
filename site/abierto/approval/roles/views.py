"""«Papeles por confirmar»: the confirmation by a second person."""

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
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.bad_requests.keys import parse_key

from .confirmation import confirm_account, find_unconfirmed
from .grants import is_state_administrator
from .panels import RolesPanel


class RolesView(WagtailAdminTemplateMixin, TemplateView):
    """The accounts that wait for a second person of the state's level."""

    template_name = "approval/roles.html"
    page_title = _("Papeles por confirmar")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Respond only to users of the state level."""
        if not is_state_administrator(cast(User, request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = get_object_or_404(User, pk=parse_key(request.POST.get("account", "")))
        confirm_account(account, cast(User, request.user))
        sentence = _("Confirmaste a %(name)s. Dile que cambie su contraseña si no la eligió ella.")
        messages.success(request, sentence % {"name": account.public_name})
        return redirect("approval_roles")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        rows = [(account, account.may_be_confirmed_by(user)) for account in find_unconfirmed()]
        return super().get_context_data(rows=rows, **kwargs)


class RolesMenuItem(MenuItem):
    """Link to the roles to confirm, for users who manage accounts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("accounts.change_user"))


@hooks.register("construct_homepage_panels")
def show_roles(request: HttpRequest, panels: list[Component]) -> None:
    """Add the panel of unconfirmed roles to the home page."""
    panels.append(RolesPanel())


@hooks.register("register_admin_urls")
def register_roles_url() -> list[URLPattern]:
    return [path("approval/papeles/", RolesView.as_view(), name="approval_roles")]


@hooks.register("register_settings_menu_item")
def register_roles_item() -> MenuItem:
    """Add the menu item beside the accounts."""
    return RolesMenuItem(
        _("Papeles por confirmar"),
        reverse("approval_roles"),
        name="roles-to-confirm",
        icon_name="group",
        order=610,
    )
