"""The municipalities."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column

from abierto.registry.models import Municipality

from .base import SPACE_PANEL
from .reviewed import STATUS_COLUMN, ReviewedViewSet


class MunicipalityViewSet(ReviewedViewSet):
    """The 46 municipalities and where each stands on the map."""

    model = Municipality
    icon = "site"
    menu_label = _("Municipios")
    menu_name = "registry-municipalities"
    list_display = [
        "name",
        Column("code", label=_("Clave INEGI"), sort_key="code"),
        Column("population", label=_("Población"), sort_key="population"),
        Column("external_site_url", label=_("Sitio propio")),
        Column("space", label=_("Espacio"), sort_key="space__name"),
        STATUS_COLUMN,
    ]
    list_export = ["code", "name", "aliases", "population", "external_site_url"]
    list_filter = ["space", "live"]
    search_fields = ["name", "aliases", "code"]
    ordering = ["name"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name", required_on_save=True),
                FieldPanel("code", required_on_save=True),
                FieldPanel("aliases"),
                FieldPanel("population"),
            ],
            heading=_("El municipio"),
        ),
        FieldPanel("external_site_url"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("column"), FieldPanel("row")])],
            heading=_("Su cuadro en el mapa"),
            help_text=_(
                "El mapa es una cuadrícula: la columna cuenta desde el oeste y la fila desde el norte."
            ),
        ),
        SPACE_PANEL,
    ]
