"""The columns of a figure, shared by the live projection and by frozen reports."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.core.content_language import mark_source_language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class FigureLevel(models.TextChoices):
    """The levels of a plan that have figures. The values are those of ``abierto.progress``."""

    PLAN = "plan", _("Plan")
    AXIS = "axis", _("Eje")
    COMMITMENT = "commitment", _("Compromiso")
    ACTION = "action", _("Acción")


def computed_field(label: StrOrPromise) -> models.DecimalField:
    """Return a column for a computed percentage with six decimals; it is rounded only for display."""
    field: models.DecimalField = models.DecimalField(
        label, max_digits=9, decimal_places=6, null=True, blank=True, editable=False
    )
    # The unit that a review shows.
    field.unit = "%"  # type: ignore[attr-defined]
    return field


class FigureFields(models.Model):
    """A figure with its source (declared or computed), its rule and its note."""

    #: Whether stage and note are in the language of the page that shows them.
    is_translated: ClassVar[bool] = True

    level = models.CharField(_("nivel"), max_length=10, choices=FigureLevel, editable=False)
    key = models.UUIDField(_("de qué es"), editable=False)
    parent_key = models.UUIDField(_("de qué cuelga"), null=True, blank=True, editable=False)
    code = models.CharField(_("clave"), max_length=80, blank=True, editable=False)
    label = models.CharField(_("nombre"), max_length=255, editable=False)
    declared: models.DecimalField  # each kind of figure declares it with its own help text
    computed = computed_field(_("según el promedio"))
    effective = computed_field(_("cifra que cuenta"))
    stage = models.CharField(_("etapa"), max_length=200, blank=True)
    rule = models.CharField(_("regla"), max_length=12, blank=True, editable=False)
    differs = models.BooleanField(_("difiere"), default=False, editable=False)
    weight = models.DecimalField(
        _("peso"), max_digits=5, decimal_places=2, default=Decimal(1), editable=False
    )
    note = models.TextField(_("nota aclaratoria"), blank=True, help_text=_("Se muestra junto a la cifra."))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.label}".strip()

    @property
    def shown_stage(self) -> str:
        """Return the stage for HTML, marked with its language where the page has another."""
        return self.stage if self.is_translated else mark_source_language(self.stage)

    @property
    def shown_note(self) -> str:
        """Return the note for HTML, marked with its language where the page has another."""
        return self.note if self.is_translated else mark_source_language(self.note)
