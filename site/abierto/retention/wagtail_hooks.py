"""The terms of retention in Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.acts.wagtail_hooks import ActsMenuItem
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

from .views import DeletionsView

URLS = [path("", DeletionsView.as_view(), name="list")]

register_policies({"retention:list": AddressPolicy(Reach.STATE_ONLY)})


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URL of «Plazos de conservación»."""
    return [path("plazos/", include((URLS, "retention")))]


@hooks.register("register_settings_menu_item")
def register_item() -> MenuItem:
    """Add a menu item next to that of the acts, visible to the same users."""
    return ActsMenuItem(
        _("Plazos de conservación"),
        reverse_lazy("retention:list"),
        name="retention",
        icon_name="bin",
        order=607,
    )
