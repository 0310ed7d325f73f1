"""Columns of quantities, the measurement of an indicator in an update, and the choice of an indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def quantity_field(label: StrOrPromise, help_text: StrOrPromise = "") -> models.DecimalField:
    """Return a column for a quantity in the unit of its indicator, with up to four decimals."""
    field: models.DecimalField = models.DecimalField(
        label, max_digits=16, decimal_places=4, null=True, blank=True, help_text=help_text
    )
    return field


class MeasurementMixin(models.Model):
    """The measured value of an indicator, with its day and source; None means that nothing was measured.

    The key of the indicator is stored with the value: the action may refer to another one later.
    """

    measurement_fields = frozenset({"measured", "measured_on", "measured_source"})

    indicator_key = models.UUIDField(_("indicador medido"), null=True, blank=True, db_index=True)
    measured = quantity_field(
        _("valor medido del indicador"), _("En la unidad del indicador. Vacío: no se midió en este periodo.")
    )
    measured_on = models.DateField(
        _("fecha de la medición"), null=True, blank=True, help_text=_("El día al que corresponde el valor.")
    )
    measured_source = models.CharField(
        _("fuente de la medición"),
        max_length=250,
        blank=True,
        default="",
        db_default="",
        help_text=_("El registro o documento que da el valor."),
    )

    class Meta:
        abstract = True

    def name_indicator(self, key: UUID | None) -> None:
        """Store ``key`` with a value that has no indicator yet; clear it without a value."""
        if self.measured is None:
            self.indicator_key = None
        elif self.indicator_key is None:
            self.indicator_key = key


MEASUREMENT_PANEL = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("measured"), FieldPanel("measured_on")]),
        FieldPanel("measured_source"),
    ],
    heading=_("Indicador"),
)


class IndicatorField(forms.TypedChoiceField):
    """A choice among the indicators of a plan; its value is the key of the indicator, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the texts of the keys."""
        return str(initial or "") != str(data or "")
