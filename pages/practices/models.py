"""Page types of good practices: the state-wide list («banco») and one practice."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField

from abierto.registry.models import Municipality
from blocks.base import PortalStreamBlock
from blocks.body import BodyBlock
from blocks.evidence import EVIDENCE_BLOCKS
from pages.core.base import MENU_PANEL, BasePage
from pages.core.search import (
    SearchContent,
    SearchKind,
    join_distinct_texts,
    join_texts,
    list_block_texts,
    set_anchor,
    split_sections,
)
from pages.core.translation import synchronized_fields
from pages.participation.places import find_municipality_name

from .enums import PracticeTopic
from .rules import missing_text_errors, municipality_error, year_error


class GoodPracticeIndexPage(BasePage):
    """The list of all public practices of the state and of its municipalities."""

    context_builder = "pages.practices.context.build_index_context"
    history_fields = frozenset({"intro", "body"})
    search_kind = SearchKind.STANDARD

    template = "pages/good_practice_index_page.html"
    page_description = _("El banco de buenas prácticas. Reúne las del estado y las de los municipios.")
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.GoodPracticePage"]
    max_count_per_parent = 1

    intro = models.TextField(_("entrada"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)

    class Meta:
        verbose_name = _("banco de buenas prácticas")
        verbose_name_plural = _("bancos de buenas prácticas")

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = [*BasePage.promote_panels, MENU_PANEL]

    def search_document(self) -> SearchContent:
        """Return the texts of the list only; its practices have their own documents."""
        return SearchContent([join_distinct_texts(self.summary, self.intro), *split_sections(self.body)])


class GoodPracticePage(BasePage):
    """A good practice: what was done, its result with evidence, and how to repeat it."""

    context_builder = "pages.practices.context.build_practice_context"
    history_fields = frozenset(
        {
            "topic", "municipality", "year", "what_was_done", "result", "evidence", "how_to_repeat",
            "report", "body",
        }
    )  # fmt: skip
    quoted_fields = frozenset({"evidence"})
    search_kind = SearchKind.GOOD_PRACTICE
    copied_with_parent = False

    template = "pages/good_practice_page.html"
    page_description = _("Una buena práctica: qué se hizo, qué resultó y cómo repetirlo.")
    parent_page_types: ClassVar[list[str]] = ["pages.GoodPracticeIndexPage", "pages.PlanPage"]
    subpage_types: ClassVar[list[str]] = []

    topic = models.CharField(_("tema"), max_length=20, choices=PracticeTopic, default=PracticeTopic.OTHER)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Vacío: es del estado."),
    )
    year = models.PositiveSmallIntegerField(
        _("año"), null=True, blank=True, help_text=_("En el que se hizo o terminó.")
    )
    what_was_done = models.TextField(_("qué se hizo"), blank=True)
    result = models.TextField(_("resultado"), blank=True)
    evidence = StreamField(PortalStreamBlock(EVIDENCE_BLOCKS), verbose_name=_("pruebas"), blank=True)
    how_to_repeat = models.TextField(
        _("cómo repetirlo"), blank=True, help_text=_("Qué hace falta, en qué orden y con qué cuidado.")
    )
    report = models.ForeignKey(
        "pages.ReportPage",
        verbose_name=_("informe del que sale"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("topic", "municipality", "year", "report"),
    ]

    class Meta:
        verbose_name = _("buena práctica")
        verbose_name_plural = _("buenas prácticas")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("topic"),
                FieldRowPanel([FieldPanel("municipality"), FieldPanel("year")]),
                PageChooserPanel("report", "pages.ReportPage"),
            ],
            heading=_("De qué trata"),
        ),
        FieldPanel("what_was_done"),
        FieldPanel("result"),
        FieldPanel("evidence"),
        FieldPanel("how_to_repeat"),
        FieldPanel("body"),
    ]

    @property
    def public_municipality(self) -> Municipality | None:
        """Return the municipality if its registry row is public."""
        return self.municipality if self.municipality is not None and self.municipality.live else None

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication."""
        above = self.parent
        own = find_municipality_name(above, inclusive=True) if above is not None else ""
        errors = {
            "year": year_error(self.year),
            "municipality": municipality_error(self.municipality, own),
            **missing_text_errors(
                what_was_done=self.what_was_done, result=self.result, how_to_repeat=self.how_to_repeat
            ),
        }
        return {path: message for path, message in errors.items() if message}

    def search_document(self) -> SearchContent:
        """Return what was done, its result and how to repeat it, and the topic."""
        town = self.public_municipality
        return SearchContent(
            [
                join_distinct_texts(self.summary, self.what_was_done, self.result),
                set_anchor("repetir", join_texts(self.how_to_repeat)),
                set_anchor("pruebas", join_texts(*list_block_texts(self.evidence))),
                *split_sections(self.body),
            ],
            municipality=town.name if town is not None else "",
            plain=str(self.get_topic_display()),
        )
