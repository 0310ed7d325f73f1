"""The page type of reports: the frozen figures of a plan on a cut-off day."""

from copy import copy
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from blocks.body import BodyBlock
from pages.admin.panels import FixedRowsPanel
from pages.core.base import BasePage
from pages.core.search import (
    SearchContent,
    SearchKind,
    join_distinct_texts,
    join_texts,
    set_anchor,
    split_sections,
)
from pages.core.translation import get_source_page, synchronized_fields
from pages.plans.closing import FINAL, only_final_report_error

from .forms import ReportForm
from .inlines import ReportRow
from .proposal import propose_rows, recompute
from .rules import computed_values, find_unexplained_rows, frozen_values, no_figures_error


class ReportKind(models.TextChoices):
    """The kinds of report of a plan."""

    PARTIAL = "partial", _("Informe parcial")
    INTERMEDIATE = "intermediate", _("Informe intermedio")
    FINAL = "final", _("Informe final")


class ReportPage(BasePage):
    """A report under a plan. Once public its rows never change; a correction is a visible erratum."""

    context_builder = "pages.reports.context.build_report_context"
    shows_own_branch = True
    is_found_by_key = True
    history_fields = frozenset(
        {
            "kind", "number", "period_start", "period_end", "cutoff", "target_date", "presented_on",
            "intro", "document", "body", "rows", "errata",
        }
    )  # fmt: skip
    search_kind = SearchKind.REPORT
    schema_type = "Report"
    copied_with_parent = False

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
            help_text=_("Se proponen para el corte. La columna «según el promedio» se hace sola al guardar."),
        ),
        FieldPanel("body"),
        InlinePanel("errata", label=_("fe de erratas"), heading=_("Fe de erratas")),
    ]

    def clean(self) -> None:
        """Refuse reversed dates and any change to the figures of a public report."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.period_start and self.period_end and self.period_end < self.period_start:
            errors["period_end"] = _("El periodo termina antes de empezar. Corrige una de las dos fechas.")
        if self.cutoff and self.presented_on and self.presented_on < self.cutoff:
            errors["presented_on"] = _("El informe no pudo presentarse antes de su corte. Corrige una fecha.")
        if self.is_number_taken():
            errors["number"] = _("Este plan ya tiene un informe de este tipo con ese número. Escribe otro.")
        if self.is_frozen() and self.has_changed_frozen_rows():
            errors["__all__"] = _(
                "Las cifras de un informe público no cambian. "
                "Déjalas como estaban y agrega una fe de erratas."
            )
        if errors:
            raise ValidationError(errors)

    def is_frozen(self) -> bool:
        """Check that the stored report is public; during its first publication it is not yet."""
        return self.pk is not None and self.live and Page.objects.filter(pk=self.pk, live=True).exists()

    def is_number_taken(self) -> bool:
        """Check whether another report of the same plan is of this kind and has this number."""
        if self.parent is None or self.number is None:
            return False
        others = self.others_of_type().child_of(self.parent)
        return bool(others.filter(kind=self.kind, number=self.number).exists())

    def has_changed_frozen_rows(self) -> bool:
        """Check whether the rows differ from those that are public."""
        stored = {frozen_values(row) for row in ReportRow.objects.filter(page_id=self.pk)}
        return stored != {frozen_values(row) for row in self.rows.all()}

    def propose_figures(self) -> None:
        """Propose the figures of a report without any, else recompute its computed figures.

        A public report is frozen and not changed.
        """
        if self.live or self.parent is None or self.cutoff is None:
            return
        plan = self.parent.specific
        rows = list(self.rows.all()) or propose_rows(plan, self.cutoff, self.locale)
        recompute(rows, plan.rules)
        self.rows.set(rows)

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication.

        The figures of a public report are frozen, and those of a translation are its source's.
        """
        if self.parent is None or get_source_page(self).pk != self.pk:
            return {}
        plan = self.parent.specific
        error = "" if self.kind == FINAL else only_final_report_error(self, plan, plan.closed_on)
        if error or self.is_frozen():
            return {"kind": error} if error else {}
        rows = list(self.rows.all())
        if not rows:
            return {"__all__": no_figures_error()}
        fresh = [copy(row) for row in rows]
        unexplained = find_unexplained_rows(fresh, plan.rules)
        errors = {f"rows.{row.key}.note": message for row, message in unexplained}
        for row, again in zip(rows, fresh, strict=True):
            if computed_values(row) != computed_values(again):
                errors[f"rows.{row.key}.computed"] = gettext(
                    "Ya no es el promedio. Guarda el borrador otra vez."
                )
        return errors

    def search_document(self) -> SearchContent:
        """Return the texts, the names and notes of the figures, and the errata."""
        errata = (set_anchor("erratas", join_texts(row.text)) for row in self.errata.all())
        figures = (
            set_anchor("cifras", join_texts(f"{row.code} {row.label}", row.stage, row.note))
            for row in self.rows.all()
        )
        return SearchContent(
            [join_distinct_texts(self.summary, self.intro), *split_sections(self.body), *errata, *figures],
            day=self.presented_on or self.cutoff,
        )
