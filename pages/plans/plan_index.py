"""The list of plans."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from pages.base import MENU_PANEL, BasePage


class PlanIndexPage(BasePage):
    """All the plans of one government, newest first."""

    template = "pages/plan_index_page.html"
    page_description = _("La lista de los planes de acción.")
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.PlanPage"]

    intro = models.TextField(_("entrada"), blank=True, help_text=_("Sobre la lista de planes."))

    class Meta:
        verbose_name = _("lista de planes")
        verbose_name_plural = _("listas de planes")

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    promote_panels = [*BasePage.promote_panels, MENU_PANEL]
