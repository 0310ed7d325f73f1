"""The rows of a report: its frozen figures and its errata."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import SynchronizedField

from pages.children import PageRow, percent_field
from pages.figure_fields import FigureFields


class ReportRow(FigureFields, PageRow):
    """One figure of a report."""

    page = ParentalKey("pages.ReportPage", on_delete=models.CASCADE, related_name="rows")
    declared = percent_field(_("dice el informe"))

    override_translatable_fields = [
        SynchronizedField("key", overridable=False),
        SynchronizedField("parent_key", overridable=False),
        SynchronizedField("code", overridable=False),
        SynchronizedField("declared", overridable=False),
        SynchronizedField("computed", overridable=False),
        SynchronizedField("effective", overridable=False),
        SynchronizedField("rule", overridable=False),
    ]

    class Meta(PageRow.Meta):
        verbose_name = _("cifra de un informe")
        verbose_name_plural = _("cifras de un informe")

    panels = [
        FieldRowPanel([FieldPanel("code", read_only=True), FieldPanel("label", read_only=True)]),
        FieldRowPanel([FieldPanel("declared"), FieldPanel("computed", read_only=True), FieldPanel("stage")]),
        FieldPanel("note"),
    ]


class Erratum(PageRow):
    """A correction to a public report, shown with its date above the figures."""

    page = ParentalKey("pages.ReportPage", on_delete=models.CASCADE, related_name="errata")
    date = models.DateField(_("fecha"))
    text = models.TextField(_("qué se corrige"), help_text=_("Di qué decía, qué debe decir y por qué."))

    class Meta(PageRow.Meta):
        verbose_name = _("fe de erratas")
        verbose_name_plural = _("fe de erratas")

    panels = [FieldPanel("date"), FieldPanel("text")]

    def __str__(self) -> str:
        return f"{self.date}: {self.text[:60]}"
