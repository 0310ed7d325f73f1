"""Snippet viewsets of the registry."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column

from abierto.language.content import QUOTED_PANEL
from abierto.registry.models import (
    GlossaryTerm,
    HarvestedRecord,
    Institution,
    Municipality,
    OfficialContact,
    Person,
    SDGGoal,
    SDGTarget,
    Seat,
    Secretariat,
)

from .base import SPACE_PANEL, VALIDITY_PANEL, PrefilledCreateView, RegistryViewSet, ValidityFilterSet
from .reviewed import STATUS_COLUMN, OwnSpaceForm, ReviewedViewSet


class InstitutionFilterSet(ValidityFilterSet):
    class Meta:
        model = Institution
        fields = ["kind", "space", "live"]


class InstitutionViewSet(ReviewedViewSet):
    """Institutions, the parties of commitments."""

    model = Institution
    icon = "group"
    menu_label = _("Instituciones")
    menu_name = "registry-institutions"
    list_display = [
        "name",
        "acronym",
        Column("get_kind_display", label=_("Tipo"), sort_key="kind"),
        Column("valid_until", label=_("Hasta"), sort_key="valid_until"),
        Column("successor", label=_("Sucesora"), sort_key="successor__name"),
        Column("space", label=_("Espacio"), sort_key="space__name"),
        STATUS_COLUMN,
    ]
    list_export = ["name", "acronym", "kind", "valid_from", "valid_until", "successor"]
    filterset_class = InstitutionFilterSet
    ordering = ["name"]
    select_related = ("space", "successor")
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name", required_on_save=True),
                FieldPanel("acronym"),
                FieldPanel("common_name"),
                FieldPanel("kind"),
            ],
            heading=_("Quién es"),
        ),
        VALIDITY_PANEL,
        FieldPanel("successor"),
        MultiFieldPanel(
            [
                HelpPanel(_("Solo datos públicos de la oficina, nunca los de una persona.")),
                FieldPanel("website"),
                FieldPanel("email"),
                FieldPanel("transparency_url"),
                FieldPanel("transparency_email"),
                FieldPanel("transparency_phone"),
                FieldPanel("transparency_address"),
            ],
            heading=_("Contacto"),
        ),
        SPACE_PANEL,
    ]


class PersonViewSet(ReviewedViewSet):
    """People named in public documents."""

    model = Person
    icon = "user"
    menu_label = _("Personas")
    menu_name = "registry-people"
    list_display = [
        "name",
        "honorific",
        Column("seat_count", label=_("Asientos"), sort_key="seat_count"),
        Column("space", label=_("Espacio"), sort_key="space__name"),
        STATUS_COLUMN,
    ]
    list_filter = ["space", "live"]
    ordering = ["name"]
    panels = [
        HelpPanel(_("Solo lo que ya es público: nunca teléfonos, correos ni domicilios.")),
        FieldRowPanel([FieldPanel("honorific"), FieldPanel("name", required_on_save=True)]),
        SPACE_PANEL,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Annotate the number of seats."""
        return super().get_queryset(request).annotate(seat_count=Count("seats"))


class SecretariatViewSet(ReviewedViewSet):
    model = Secretariat
    icon = "clipboard-list"
    menu_label = _("Secretariados")
    menu_name = "registry-secretariats"
    list_display = [
        "name",
        Column("get_level_display", label=_("Nivel"), sort_key="level"),
        Column("municipality", label=_("Municipio"), sort_key="municipality__name"),
        Column("valid_from", label=_("Instalado"), sort_key="valid_from"),
        Column("seat_count", label=_("Asientos"), sort_key="seat_count"),
        STATUS_COLUMN,
    ]
    list_filter = ["level", "municipality", "live"]
    ordering = ["name"]
    select_related = ("space", "municipality")
    panels = [
        HelpPanel(_("Los asientos se escriben en «Asientos», uno por persona y periodo.")),
        FieldPanel("name", required_on_save=True),
        FieldRowPanel([FieldPanel("level"), FieldPanel("municipality")]),
        VALIDITY_PANEL,
        SPACE_PANEL,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Annotate the number of seats."""
        return super().get_queryset(request).annotate(seat_count=Count("seats"))


class SeatFilterSet(ValidityFilterSet):
    class Meta:
        model = Seat
        fields = ["secretariat", "institution", "role", "live"]


class SeatViewSet(ReviewedViewSet):
    """Seats: people in secretariats, with institution and dates."""

    model = Seat
    icon = "user"
    menu_label = _("Asientos")
    menu_name = "registry-seats"
    list_display = [
        "person",
        Column("get_role_display", label=_("Papel"), sort_key="role"),
        Column("institution", label=_("Institución"), sort_key="institution__name"),
        Column("secretariat", label=_("Secretariado"), sort_key="secretariat__name"),
        Column("valid_from", label=_("Desde"), sort_key="valid_from"),
        Column("valid_until", label=_("Hasta"), sort_key="valid_until"),
        STATUS_COLUMN,
    ]
    filterset_class = SeatFilterSet
    ordering = ["secretariat__name", "order", "pk"]
    select_related = ("space", "person", "institution", "secretariat")
    panels = [
        FieldPanel("secretariat"),
        MultiFieldPanel(
            [FieldPanel("person"), FieldPanel("post"), FieldPanel("institution"), FieldPanel("role")],
            heading=_("Quién y por quién"),
        ),
        VALIDITY_PANEL,
        FieldPanel("order", help_text=_("En qué lugar de la lista aparece. El menor va primero.")),
        SPACE_PANEL,
    ]


class HarvestPanel(HelpPanel):
    """Panel with the last reading of the municipality's own data, or its failure."""

    class BoundPanel(HelpPanel.BoundPanel):
        """Reads the record of the municipality in the form."""

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["record"] = HarvestedRecord.objects.filter(municipality=self.instance.pk).first()
            return context


class MunicipalityViewSet(ReviewedViewSet):
    """The 46 municipalities and their grid position on the map."""

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
    list_export = ["code", "name", "aliases", "population", "external_site_url", "facts"]
    list_filter = ["space", "live"]
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
        MultiFieldPanel(
            [
                FieldPanel("external_site_url"),
                FieldPanel("external_site_source"),
                FieldPanel("data_url"),
                HarvestPanel(template="registry/harvest_panel.html"),
            ],
            heading=_("Su sitio propio"),
        ),
        MultiFieldPanel(
            [FieldPanel("facts"), FieldPanel("facts_source")], heading=_("Lo que dicen los documentos")
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("column"), FieldPanel("row")])],
            heading=_("Su cuadro en el mapa"),
            help_text=_(
                "El mapa es una cuadrícula: la columna cuenta desde el oeste y la fila desde el norte."
            ),
        ),
        SPACE_PANEL,
    ]


def short_definition(term: GlossaryTerm) -> str:
    """Return the first words of the definition."""
    return Truncator(term.definition).words(16)


def synonyms(term: GlossaryTerm) -> str:
    """Return the lay synonyms on one line."""
    return ", ".join(term.synonyms)


class GlossaryViewSet(ReviewedViewSet):
    """Glossary terms with their lay synonyms."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glosario")
    menu_name = "registry-glossary"
    add_view_class = PrefilledCreateView
    list_display = [
        "term",
        Column("definition", label=_("Definición"), accessor=short_definition),
        Column("lay_synonyms", label=_("Palabras de la gente"), accessor=synonyms),
        STATUS_COLUMN,
    ]
    list_filter = ["live"]
    ordering = ["term"]
    panels = [
        FieldPanel("term", required_on_save=True),
        FieldPanel("definition"),
        FieldPanel("lay_synonyms", attrs=QUOTED_PANEL),
        SPACE_PANEL,
    ]


class OfficialContactForm(OwnSpaceForm):
    space_help = _("En los textos de este espacio se permite el contacto.")


class OfficialContactViewSet(ReviewedViewSet):
    """The contacts of offices that a space allows in its texts."""

    model = OfficialContact
    icon = "mail"
    menu_label = _("Contactos oficiales")
    menu_name = "registry-contacts"
    row_form_class = OfficialContactForm
    list_display = [
        "office",
        Column("get_kind_display", label=_("Tipo"), sort_key="kind"),
        "value",
        Column("space", label=_("Espacio"), sort_key="space__name"),
        STATUS_COLUMN,
    ]
    list_export = ["office", "kind", "value", "source"]
    list_filter = ["kind", "space", "live"]
    ordering = ["office", "pk"]
    panels = [
        HelpPanel(
            _(
                "Lo que apruebe otra persona se podrá decir en los textos de su espacio. Solo datos públicos "
                "de la oficina, nunca los de una persona."
            )
        ),
        FieldPanel("kind"),
        FieldPanel("value", required_on_save=True, attrs=QUOTED_PANEL),
        FieldPanel("office", required_on_save=True),
        FieldPanel("source", required_on_save=True, attrs=QUOTED_PANEL),
        SPACE_PANEL,
    ]


class GoalViewSet(RegistryViewSet):
    """The 17 goals of the SDG list, read-only."""

    model = SDGGoal
    icon = "globe"
    menu_label = _("ODS: objetivos")
    menu_name = "registry-goals"
    list_display = ["number", "title"]
    ordering = ["number"]
    select_related = ()
    inspect_view_enabled = True


class TargetViewSet(RegistryViewSet):
    """The 169 targets of the SDG list, read-only."""

    model = SDGTarget
    icon = "globe"
    menu_label = _("ODS: metas")
    menu_name = "registry-targets"
    list_display = ["code", "title", Column("goal", label=_("Objetivo"), sort_key="goal__number")]
    list_filter = ["goal"]
    ordering = ["goal__number", "order"]
    select_related = ("goal",)
    inspect_view_enabled = True
