"""The municipalities of the state: the list of all, and the microsite of one."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ColorInput
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from abierto.registry.models import Municipality
from blocks.body import BodyBlock
from blocks.validators import validate_web_address
from pages.core.base import MENU_PANEL, BasePage
from pages.core.search import (
    SearchContent,
    SearchKind,
    join_distinct_texts,
    join_texts,
    set_anchor,
    split_sections,
)
from pages.core.translation import synchronized_fields
from pages.roadmaps.queries import read_step_lists

from .colors import DEFAULT_COLOR, validate_accent_color, validate_band_color
from .queries import Town, find_town

#: The parameter of the picker.
PICKED = "municipio"


class MunicipalityIndexPage(BasePage):
    """The list of all municipalities, and the parent of the microsites.

    It also shows, at an address of its own, each municipality of the registry that has no microsite.
    """

    context_builder = "pages.municipalities.context.build_index_context"
    routes_below = True
    history_fields = frozenset({"intro", "body"})
    search_kind = SearchKind.MUNICIPALITY
    schema_type = "CollectionPage"

    template = "pages/municipality_index_page.html"
    page_description = _("La lista de los municipios del estado. De ella cuelgan sus micrositios.")
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.MicrositePage", "pages.RoadmapPage"]
    max_count_per_parent = 1

    intro = models.TextField(_("entrada"), blank=True, help_text=_("Sobre la lista de municipios."))
    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)

    class Meta:
        verbose_name = _("lista de municipios")
        verbose_name_plural = _("listas de municipios")

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = [*BasePage.promote_panels, MENU_PANEL]

    # The municipality that the requested address below this page names, and the last part of that address.
    town: Town | None = None
    town_word = ""

    def search_document(self) -> SearchContent:
        """Return the names of all municipalities, with what people call them, and the lists of steps."""
        rows = Municipality.objects.public().order_by("name")
        names = join_texts(*(", ".join((row.name, *row.other_names)) for row in rows))
        lists = [
            join_texts(
                found.step_list,
                *(text for step in found.steps for text in (step, step.text, *step.wanted_documents)),
            )
            for found in read_step_lists()
        ]
        return SearchContent(
            [
                join_distinct_texts(self.summary, self.intro),
                set_anchor("lista", names),
                *(set_anchor("pasos", steps) for steps in lists),
                *split_sections(self.body),
            ]
        )

    def route_below(self, request: HttpRequest, slug: str) -> RouteResult:
        """Show the municipality of the registry that an address names."""
        town = find_town(request, self, slug)
        if town is None or (town.microsite is not None and town.microsite.slug == slug):
            # A microsite without a translation is at this address in the source language.
            raise Http404
        self.town, self.town_word = town, slug
        return RouteResult(self)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Return the template of the list, or of one municipality."""
        return "pages/municipality_page.html" if self.town is not None else self.template

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect the picker, and other names of a municipality, to its address."""
        town, word = self.town, self.town_word
        if town is None and (word := request.GET.get(PICKED, "").strip()):
            town = find_town(request, self, word)
            word = ""
        if town is not None and (town.microsite is not None or word != town.slug):
            return redirect(town.url)
        return super().serve(request, *args, **kwargs)


class MicrositePage(BasePage):
    """The start page of the microsite of a municipality, with its branding and its contact data."""

    context_builder = "pages.municipalities.context.build_microsite_context"
    shows_own_branch = True
    official_contact_fields = frozenset({"address", "phone"})
    history_fields = frozenset(
        {
            "municipality", "logo", "portrait", "band_color", "accent_color", "presentation", "body",
            "address", "phone", "email", "privacy_page", "privacy_url",
        }
    )  # fmt: skip
    search_kind = SearchKind.MUNICIPALITY
    schema_type = "GovernmentOrganization"

    template = "pages/microsite_page.html"
    page_description = _(
        "El micrositio de un municipio. De él cuelgan su plan, su secretariado y sus páginas."
    )
    parent_page_types: ClassVar[list[str]] = ["pages.MunicipalityIndexPage"]
    subpage_types: ClassVar[list[str]] = [
        "pages.PlanPage",
        "pages.SecretariatPage",
        "pages.RoadmapPage",
        "pages.DeclarationPage",
        "pages.ParticipationIndexPage",
        "pages.StandardPage",
    ]
    copied_with_parent = False

    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipio"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Su nombre y lo que se sabe de él están en el registro."),
    )
    presentation = models.TextField(
        _("presentación"),
        blank=True,
        help_text=_("Qué hace el municipio por un gobierno abierto, en un párrafo."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)

    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("escudo o logotipo"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Va junto al nombre del municipio, en todas sus páginas."),
    )
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("imagen de portada"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Una fotografía del municipio, con su descripción. Va al inicio del micrositio."),
    )
    band_color = models.CharField(
        _("color de la franja"),
        max_length=7,
        default=DEFAULT_COLOR,
        validators=[validate_band_color],
        help_text=_("El fondo del nombre. Las letras son blancas o negras, las que se lean mejor."),
    )
    accent_color = models.CharField(
        _("color de los enlaces"),
        max_length=7,
        default=DEFAULT_COLOR,
        validators=[validate_accent_color],
        help_text=_("También el de los botones y las gráficas. De noche se aclara solo."),
    )

    address = models.CharField(
        _("domicilio"),
        max_length=250,
        blank=True,
        help_text=_("El de la presidencia municipal o la oficina."),
    )
    phone = models.CharField(
        _("teléfono"), max_length=60, blank=True, help_text=_("El de la oficina, no el de una persona.")
    )
    email = models.EmailField(
        _("correo oficial"), blank=True, help_text=_("El buzón de la oficina, no el de una persona.")
    )
    privacy_page = models.ForeignKey(
        Page,
        verbose_name=_("aviso de privacidad"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("La página de este micrositio que lo tiene. Va al pie, no en el menú."),
    )
    privacy_url = models.URLField(
        _("aviso de privacidad en otro sitio"),
        blank=True,
        validators=[validate_web_address],
        help_text=_("Solo si no está en una página de aquí."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields(
            "municipality",
            "logo",
            "portrait",
            "band_color",
            "accent_color",
            "phone",
            "email",
            "privacy_page",
            "privacy_url",
        ),
    ]

    class Meta:
        verbose_name = _("micrositio de un municipio")
        verbose_name_plural = _("micrositios de los municipios")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("municipality"),
        FieldPanel("presentation"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("logo"),
                FieldPanel("portrait"),
                FieldRowPanel(
                    [
                        FieldPanel("band_color", widget=ColorInput),
                        FieldPanel("accent_color", widget=ColorInput),
                    ]
                ),
            ],
            heading=_("Imagen del municipio"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("privacy_page"),
                FieldPanel("privacy_url"),
            ],
            heading=_("Contacto de la institución, al pie de cada página"),
        ),
    ]

    @property
    def public_municipality(self) -> Municipality | None:
        """Return the municipality if its registry row is public."""
        return self.municipality if self.municipality is not None and self.municipality.live else None

    def clean(self) -> None:
        """Refuse a second microsite of a municipality."""
        super().clean()
        if self.municipality_id and self.others_of_type().filter(municipality=self.municipality_id).exists():
            raise ValidationError(
                {"municipality": _("Este municipio ya tiene un micrositio. Elige otro municipio.")}
            )

    def search_document(self) -> SearchContent:
        """Return the presentation and the body; the town is also found by what people call it."""
        town = self.public_municipality
        return SearchContent(
            [
                join_distinct_texts(self.summary, self.presentation),
                *split_sections(self.body),
                join_texts(self.address),
            ],
            municipality=town.name if town is not None else "",
            ref=(town.name, *town.other_names) if town is not None else (),
        )
