"""Guest links in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, Revision

from abierto.tenancy.access import register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.scopes import by_foreign_key

from .models import GuestLink
from .services import may_share
from .views import GuestLinkCreateView, GuestLinkListView, GuestLinkRevokeView

URLS = [
    path("", GuestLinkListView.as_view(), name="list"),
    path("pagina/<int:page_id>/", GuestLinkCreateView.as_view(), name="create"),
    path("<int:pk>/revocar/", GuestLinkRevokeView.as_view(), name="revoke"),
]

register_branches({GuestLink: by_foreign_key("revision", Revision)})

register_policies(
    {
        "guest_links:list": AddressPolicy(Reach.OWN_VIEW),
        "guest_links:create": AddressPolicy(Reach.OWN_VIEW),
        "guest_links:revoke": AddressPolicy(Reach.OWN_VIEW, {"pk": row_sets.rows_in_scope(GuestLink)}),
    }
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of guest links."""
    return [path("trabajo/enlaces/", include((URLS, "guest_links")))]


@hooks.register("register_team_menu_item")
def guest_links_menu_item() -> MenuItem:
    """Link to the list of guest links."""
    return MenuItem(
        _("Enlaces de lectura"), reverse_lazy("guest_links:list"), name="enlaces", icon_name="link", order=3
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Register the log messages of guest links."""
    actions.register_action(
        "abierto.guest_link", _("Compartir un borrador"), _("Hizo un enlace para leer el borrador")
    )
    actions.register_action(
        "abierto.guest_link_revoked", _("Revocar un enlace"), _("Revocó un enlace para leer el borrador")
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def add_share_button(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """Offer a guest link for a draft to its editors."""
    if page.latest_revision_id and (not page.live or page.has_unpublished_changes) and may_share(page, user):
        address = reverse("guest_links:create", args=[page.pk])
        yield Button(_("Compartir este borrador"), url=address, icon_name="link", priority=95)
