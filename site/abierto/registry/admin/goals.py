"""The Sustainable Development Goals: to read and to choose, never to write."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from abierto.registry.models import SDGGoal, SDGTarget

from .base import RegistryViewSet


class GoalViewSet(RegistryViewSet):
    """The 17 goals."""

    model = SDGGoal
    icon = "globe"
    menu_label = _("ODS: objetivos")
    menu_name = "registry-goals"
    list_display = ["number", "title"]
    search_fields = ["title"]
    ordering = ["number"]
    select_related = ()
    inspect_view_enabled = True


class TargetViewSet(RegistryViewSet):
    """The closed list of 169 targets."""

    model = SDGTarget
    icon = "globe"
    menu_label = _("ODS: metas")
    menu_name = "registry-targets"
    list_display = ["code", "title", Column("goal", label=_("Objetivo"), sort_key="goal__number")]
    list_filter = ["goal"]
    search_fields = ["code", "title"]
    ordering = ["goal__number", "order"]
    select_related = ("goal",)
    inspect_view_enabled = True
