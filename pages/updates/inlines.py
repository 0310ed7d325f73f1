"""The rows of a progress update: one figure for one action."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from abierto.progress.figures import Value
from abierto.text import visible_text
from blocks.base import PortalStreamBlock
from blocks.evidence import EVIDENCE_BLOCKS
from pages.admin.panels import ActionPanel
from pages.core.inline import PageRow, percent_field
from pages.core.translation import synchronized_fields
from pages.figures.decimals import as_published
from pages.matrices.fields import MEASUREMENT_PANEL, MeasurementMixin


class UpdateRow(MeasurementMixin, PageRow):
    """A percentage or a stage for one action; neither means that nothing was reported.

    The action is referred to by its translation key: a foreign key would break when the commitment is
    translated or its rows are written again.
    """

    history_fields = MeasurementMixin.measurement_fields | {
        "action_key", "percent", "stage", "note", "evidence",
    }  # fmt: skip

    page = ParentalKey("pages.ProgressUpdatePage", on_delete=models.CASCADE, related_name="rows")
    action_key = models.UUIDField(_("acción"), db_index=True)
    percent = percent_field(_("porcentaje"))
    stage = models.CharField(
        _("etapa"),
        max_length=200,
        blank=True,
        help_text=_("En vez de un porcentaje, por ejemplo: En etapa de diseño."),
    )
    note = models.TextField(_("nota aclaratoria"), blank=True, help_text=_("Se muestra junto a la cifra."))
    evidence = StreamField(PortalStreamBlock(EVIDENCE_BLOCKS), verbose_name=_("pruebas"), blank=True)

    override_translatable_fields = synchronized_fields(
        "action_key", "percent", "indicator_key", "measured", "measured_on"
    )

    class Meta(PageRow.Meta):
        verbose_name = _("avance de una acción")
        verbose_name_plural = _("avances de las acciones")

    # In a review: one figure, a percentage or a stage, labelled by the action of the row.
    matched_by = "action_key"
    combined_figure: ClassVar = {"percent": ("stage", _("avance"))}

    panels = [
        ActionPanel("action_key", heading=_("Qué se prometió")),
        FieldRowPanel([FieldPanel("percent"), FieldPanel("stage")]),
        FieldPanel("note"),
        MEASUREMENT_PANEL,
        FieldPanel("evidence"),
    ]

    def __str__(self) -> str:
        return f"{self.action_key}: {self.percent if self.percent is not None else self.stage}"

    @property
    def value(self) -> Value:
        """Return the value of the row for the rules of ``abierto.progress``."""
        return Value(percent=as_published(self.percent), stage=self.stage)

    def clean(self) -> None:
        """Refuse a percentage together with a stage, and a stage without visible characters."""
        super().clean()
        if self.percent is not None and self.stage:
            message = _("Deja solo uno: el porcentaje o la etapa.")
            raise ValidationError({"percent": message, "stage": message})
        if self.stage and not visible_text(self.stage):
            raise ValidationError({"stage": _("Escribe en qué etapa va la acción.")})
