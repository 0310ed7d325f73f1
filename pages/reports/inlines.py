"""The rows of a report: its frozen figures and its errata."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from pages.core.inline import PageRow, percent_field
from pages.core.translation import synchronized_fields
from pages.figures.fields import FigureFields, FigureLevel


class ReportRow(FigureFields, PageRow):
    """One figure of a report."""

    history_fields = frozenset(
        {
            "level", "code", "label", "declared", "computed", "effective", "stage", "rule", "differs",
            "weight", "note",
        }
    )  # fmt: skip

    page = ParentalKey("pages.ReportPage", on_delete=models.CASCADE, related_name="rows")
    declared = percent_field(_("según el informe"))

    override_translatable_fields = [
        *synchronized_fields("level", "key", "parent_key", "code", "declared", "computed", "effective"),
        *synchronized_fields("rule", "differs", "weight"),
        # No editor writes it, so wagtail-localize would leave it out; it is the title of a part of the plan.
        TranslatableField("label"),
    ]

    class Meta(PageRow.Meta):
        verbose_name = _("cifra de un informe")
        verbose_name_plural = _("cifras de un informe")

    # In a review: labelled by its part of the plan, with the computed figure that no form shows.
    matched_by = "key"
    combined_figure: ClassVar = {"declared": ("stage", _("según el informe"))}
    reviewed_too: ClassVar = ("computed",)

    panels = [FieldPanel("declared"), FieldPanel("stage"), FieldPanel("note")]

    def clean(self) -> None:
        """Refuse a percentage together with a stage for one action."""
        super().clean()
        if self.level == FigureLevel.ACTION and self.declared is not None and self.stage:
            message = _("Deja solo uno: el porcentaje o la etapa.")
            raise ValidationError({"declared": message, "stage": message})


class Erratum(PageRow):
    """A correction to a public report, shown with its date above the figures."""

    history_fields = frozenset({"date", "text"})

    page = ParentalKey("pages.ReportPage", on_delete=models.CASCADE, related_name="errata")
    date = models.DateField(_("fecha"))
    text = models.TextField(_("qué se corrige"), help_text=_("Di qué decía, qué debe decir y por qué."))

    override_translatable_fields = synchronized_fields("date")

    class Meta(PageRow.Meta):
        verbose_name = _("fe de erratas")
        verbose_name_plural = _("fe de erratas")

    panels = [FieldPanel("date"), FieldPanel("text")]

    def __str__(self) -> str:
        return f"{self.date}: {self.text[:60]}"
