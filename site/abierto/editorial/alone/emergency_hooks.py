"""Where an emergency begins in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from abierto.editorial.alone.emergency import may_publish_in_emergency
from abierto.editorial.alone.emergency_views import EmergencyView


class EmergencyMenuItem(ActionMenuItem):
    """Leads from the editing page to the emergency's screen."""

    name = "action-emergency"
    label = _("Publicar de emergencia…")
    icon_name = "warning"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it to whoever may, while there is something to publish."""
        page = context.get("page")
        return context["view"] == "edit" and may_publish_in_emergency(page, context["request"].user)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the screen's address."""
        return reverse("editorial_emergency", args=[parent_context["page"].pk])


@hooks.register("register_admin_urls")
def register_emergency_url() -> list[URLPattern]:
    """Give the emergency its screen."""
    return [path("editorial/emergencia/<int:page_id>/", EmergencyView.as_view(), name="editorial_emergency")]


@hooks.register("register_page_action_menu_item")
def register_emergency_item() -> ActionMenuItem:
    """Put it last in the menu."""
    return EmergencyMenuItem(order=900)


@hooks.register("construct_page_action_menu", order=100)
def never_by_default(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Keep it from being the button that is at hand."""
    items.sort(key=lambda item: isinstance(item, EmergencyMenuItem))
