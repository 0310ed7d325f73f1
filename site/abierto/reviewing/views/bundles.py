"""«Paquetes»: the list, and those that could not be published on their date."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton

from abierto.accounts.models import User
from abierto.reviewing.bundles.dated import failed_for, told_to
from abierto.reviewing.bundles.looking import seen_bundles
from abierto.reviewing.models import Bundle
from pages.presentation.words import full_date


def planned_day(bundle: Bundle) -> str:
    """Write the day on which a bundle is to be public, if it has one."""
    return full_date(timezone.localdate(bundle.go_live_at)) if bundle.go_live_at else ""


class BundlesView(BaseListingView):
    """The bundles whose pages whoever looks may see."""

    page_title = _("Paquetes")
    header_icon = "copy"
    index_url_name = "reviewing:bundles"
    paginate_by = 30
    no_results_message = _("Ningún paquete.")
    columns = [
        TitleColumn("name", label=_("Nombre"), url_name="reviewing:bundle"),
        Column("pages", label=_("Páginas"), accessor="page_count"),
        Column("status", label=_("Estado"), accessor="get_status_display"),
        Column("created_by", label=_("Envió"), accessor="created_by.public_name"),
        DateColumn("created_at", label=_("Enviado")),
        Column("go_live_at", label=_("Publicar el"), accessor=planned_day),
    ]

    @property
    def header_buttons(self) -> list[Button]:
        """Offer to make one."""
        return [HeaderButton(_("Armar un paquete"), url=reverse("reviewing:new_bundle"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[Bundle]:
        """Leave out those of which nothing is hers."""
        rows = seen_bundles(cast(User, self.request.user)).select_related("created_by")
        return rows.annotate(page_count=Count("items")).order_by("-created_at", "-pk")


class FailedBundlesPanel(Component):
    """The bundles that could not be published on their date, until somebody takes them back."""

    name = "reviewing_failed_bundles"
    order = 70
    template_name = "reviewing/failed_bundles_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Read them, with what went wrong."""
        user = parent_context["request"].user
        return {"failed": [(bundle, told_to(user, bundle)) for bundle in failed_for(user)]}
