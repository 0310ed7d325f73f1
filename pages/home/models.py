"""The home page."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.url_routing import RouteResult

from abierto.language.content import QUOTED_PANEL
from abierto.text import split_lines
from blocks.body import BodyBlock
from pages.core.base import BasePage
from pages.core.translation import own_fields, synchronized_fields


class HomePage(BasePage):
    """The home page: the progress of the current plan and links to the sections."""

    context_builder = "pages.home.context.build_home_context"
    history_fields = frozenset({"lead", "popular_searches", "current_plan", "body"})
    quoted_fields = frozenset({"popular_searches"})
    search_kind = None  # it repeats the content of its child pages

    template = "pages/home_page.html"
    page_description = _("La portada del portal. Hay una por idioma.")
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "pages.PlanIndexPage",
        "pages.SecretariatPage",
        "pages.DeclarationPage",
        "pages.MunicipalityIndexPage",
        "pages.RulingIndexPage",
        "pages.ParticipationIndexPage",
        "pages.GoodPracticeIndexPage",
        "pages.ObservationIndexPage",
        "pages.StandardPage",
    ]

    lead = models.CharField(
        _("entrada"),
        max_length=250,
        blank=True,
        help_text=_("Bajo el título de la portada, en letra grande."),
    )
    popular_searches = models.TextField(
        _("búsquedas sugeridas"),
        blank=True,
        help_text=_("Una por línea. Aparecen como botones bajo el buscador de la portada."),
    )
    current_plan = models.ForeignKey(
        "pages.PlanPage",
        verbose_name=_("plan vigente"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Su avance encabeza la portada."),
    )
    body = StreamField(
        BodyBlock(), verbose_name=_("cuerpo"), blank=True, help_text=_("Al final de la portada.")
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("current_plan"),
        *own_fields("slug"),  # the home pages of all languages are siblings
    ]

    class Meta:
        verbose_name = _("portada")
        verbose_name_plural = _("portadas")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        PageChooserPanel("current_plan", "pages.PlanPage"),
        FieldPanel("popular_searches", attrs=QUOTED_PANEL),
        FieldPanel("body"),
    ]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Route to the page below this one; without a translation, to the one in the source language."""
        try:
            return super().route(request, path_components)
        except Http404:
            source = HomePage.objects.live().filter(
                translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
            )
            home = source.exclude(pk=self.pk).first()
            if home is None:
                raise
            return home.route(request, path_components)

    @property
    def suggested_searches(self) -> list[str]:
        """The suggested searches, one string each."""
        return split_lines(self.popular_searches)
