"""Promoted results in the admin: each space edits its own, and a reviewer approves them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from abierto.registry.admin.base import SPACE_PANEL, VALIDITY_PANEL, PrefilledCreateView
from abierto.registry.admin.reviewed import STATUS_COLUMN, OwnSpaceForm, ReviewedViewSet

from .models import PromotedResult


class PromotedResultForm(OwnSpaceForm):
    """Limit the space: only the state team promotes in the search of the whole state."""

    space_help = _("Se muestra a quien busca dentro de este espacio.")


class PromotedResultViewSet(ReviewedViewSet):
    """The results that a space puts first for some queries."""

    model = PromotedResult
    icon = "pick"
    menu_label = _("Destacados")  # fits in the menu
    menu_name = "promoted-results"
    menu_order = 260
    add_to_admin_menu = True
    add_view_class = PrefilledCreateView
    row_form_class = PromotedResultForm
    list_display = ["__str__", "page", "space", STATUS_COLUMN]
    select_related = ("space", "page")
    panels = [FieldPanel("words"), FieldPanel("page"), VALIDITY_PANEL, SPACE_PANEL]
