"""A report: the figures of a plan as they were on a cut-off day, frozen."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField

from blocks.stories import BodyBlock
from pages.admin.panels import FixedRowsPanel
from pages.core.base import BasePage
from pages.core.search import Kind, SearchContent, at, sections_of, text_of
from pages.core.translation import synchronized_fields

from .forms import ReportForm
from .rules import publication_errors, report_errors


class ReportKind(models.TextChoices):
    """The kinds of report of a plan."""

    PARTIAL = "partial", _("Informe parcial")
    INTERMEDIATE = "intermediate", _("Informe intermedio")
    FINAL = "final", _("Informe final")


class ReportPage(BasePage):
    """A report under a plan. Once public its rows never change; a correction is a visible erratum."""

    context_builder = "pages.reports.context.build_report_context"
    history_fields = frozenset(
        {
            "kind", "number", "period_start", "period_end", "cutoff", "target_date", "presented_on",
            "intro", "document", "body", "rows", "errata",
        }
    )  # fmt: skip
    search_kind = Kind.REPORT

    template = "pages/report_page.html"
    base_form_class = ReportForm
    page_description = _("Un informe del plan: cifras declaradas y calculadas, congeladas al corte.")
    parent_page_types: ClassVar[list[str]] = ["pages.PlanPage"]
    subpage_types: ClassVar[list[str]] = []

    kind = models.CharField(_("tipo"), max_length=12, choices=ReportKind, default=ReportKind.PARTIAL)
    number = models.PositiveSmallIntegerField(_("número"), default=1)
    period_start = models.DateField(_("desde"), null=True)
    period_end = models.DateField(_("hasta"), null=True)
    cutoff = models.DateField(
        _("corte"), null=True, help_text=_("Las cifras se calculan con los avances públicos hasta este día.")
    )
    target_date = models.DateField(_("fecha meta"), null=True, blank=True)
    presented_on = models.DateField(_("presentado el"), null=True, blank=True)
    intro = models.TextField(_("entrada"), blank=True)
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("documento original"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields(
            "kind",
            "number",
            "period_start",
            "period_end",
            "cutoff",
            "target_date",
            "presented_on",
            "document",
        ),
    ]

    class Meta:
        verbose_name = _("informe")
        verbose_name_plural = _("informes")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end"), FieldPanel("cutoff")]),
                FieldRowPanel([FieldPanel("target_date"), FieldPanel("presented_on")]),
            ],
            heading=_("Qué informe es"),
        ),
        FieldPanel("intro"),
        FieldPanel("document"),
        FixedRowsPanel(
            "rows",
            template_name="admin_pages/report_rows.html",
            label=_("cifra"),
            heading=_("Cifras"),
            help_text=_("Se proponen para el corte. La columna «da la cuenta» se hace sola al guardar."),
        ),
        FieldPanel("body"),
        InlinePanel("errata", label=_("fe de erratas"), heading=_("Fe de erratas")),
    ]

    def clean(self) -> None:
        """Refuse reversed dates and any change to the figures of a public report."""
        super().clean()
        errors = report_errors(self)
        if errors:
            raise ValidationError(errors)

    def publication_errors(self) -> dict[str, Any]:
        """Return the errors in figures that block publication and not a draft."""
        return publication_errors(self)

    def search_document(self) -> SearchContent:
        """Return the texts, the names and notes of the figures, and what was corrected."""
        errata = (at("erratas", text_of(row.text)) for row in self.errata.all())
        figures = (
            at("cifras", text_of(f"{row.code} {row.label}", row.stage, row.note)) for row in self.rows.all()
        )
        return SearchContent(
            [text_of(self.summary, self.intro), *sections_of(self.body), *errata, *figures],
            day=self.presented_on or self.cutoff,
        )
