"""The results matrix (MIR) of a plan: aims, indicators, means of verification and assumptions."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from abierto.text import visible_text
from pages.core.base import BasePage
from pages.core.inline import PageRow
from pages.core.search import SearchContent, SearchKind, join_distinct_texts, join_texts, set_anchor
from pages.core.translation import synchronized_fields

from .enums import LEVEL_ANCHORS, Frequency, MatrixLevel, UnitKind
from .fields import quantity_field
from .rules import range_error, target_date_error, target_error


class ResultsMatrixPage(BasePage):
    """The results matrix of a plan, or of a municipality before it has a plan."""

    context_builder = "pages.matrices.context.build_matrix_context"
    is_found_by_key = True
    history_fields = frozenset({"intro", "rows"})
    search_kind = SearchKind.MATRIX
    copied_with_parent = False

    template = "pages/results_matrix_page.html"
    page_description = _("La matriz de indicadores: qué se quiere lograr, cómo se mide y cuál es la meta.")
    parent_page_types: ClassVar[list[str]] = ["pages.PlanPage", "pages.RoadmapPage"]
    subpage_types: ClassVar[list[str]] = []

    intro = models.TextField(_("entrada"), blank=True)

    class Meta:
        verbose_name = _("matriz de indicadores")
        verbose_name_plural = _("matrices de indicadores")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        InlinePanel("rows", label=_("indicador"), heading=_("Objetivos e indicadores")),
    ]

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication."""
        rows = list(self.rows.all())
        if not rows:
            return {"__all__": gettext("La matriz está vacía. Agrega al menos un indicador.")}
        errors = {}
        for row in rows:
            for name, message in row.find_missing_texts().items():
                errors[f"rows.{row.translation_key}.{name}"] = message
        return errors

    def search_document(self) -> SearchContent:
        """Return the aims and indicators, with what verifies them."""
        rows = (
            set_anchor(
                LEVEL_ANCHORS[MatrixLevel(row.level)],
                join_texts(
                    row.objective, row.indicator, row.method, row.means_of_verification, row.assumptions
                ),
            )
            for row in self.rows.all()
        )
        return SearchContent([join_distinct_texts(self.summary, self.intro), *rows])


class MatrixRow(PageRow):
    """An aim of one level with one indicator; a second indicator of the same aim is a row of its own.

    Commitments, actions and measurements refer to its translation key, the same in every language.
    """

    history_fields = frozenset(
        {
            "level", "objective", "indicator", "method", "unit", "unit_name", "baseline", "baseline_on",
            "target", "target_on", "frequency", "means_of_verification", "assumptions",
        }
    )  # fmt: skip

    page = ParentalKey(ResultsMatrixPage, on_delete=models.CASCADE, related_name="rows")
    level = models.CharField(_("nivel"), max_length=9, choices=MatrixLevel, default=MatrixLevel.COMPONENT)
    objective = models.TextField(
        _("objetivo"), blank=True, help_text=_("Qué se quiere lograr en este nivel, en una oración.")
    )
    indicator = models.CharField(_("indicador"), max_length=250, blank=True)
    method = models.TextField(_("cómo se calcula"), blank=True)
    unit = models.CharField(_("unidad"), max_length=6, choices=UnitKind, default=UnitKind.SHARE)
    unit_name = models.CharField(
        _("nombre de la unidad"),
        max_length=60,
        blank=True,
        help_text=_("Solo con «Otra unidad», en plural: personas, sesiones, días."),
    )
    baseline = quantity_field(_("línea base"), _("Cuánto había al empezar. Vacía: el documento no lo dice."))
    baseline_on = models.DateField(_("fecha de la línea base"), null=True, blank=True)
    target = quantity_field(
        _("valor de la meta"), _("A cuánto se quiere llegar. Vacía: el documento no lo dice.")
    )
    target_on = models.DateField(_("fecha de la meta"), null=True, blank=True)
    frequency = models.CharField(
        _("cada cuánto se mide"),
        max_length=10,
        choices=Frequency,
        blank=True,
        help_text=_("Vacío: no consta."),
    )
    means_of_verification = models.TextField(
        _("medios de verificación"), blank=True, help_text=_("Con qué se comprueba: un registro, un acta.")
    )
    assumptions = models.TextField(
        _("supuestos"), blank=True, help_text=_("Lo que debe pasar fuera de las manos del gobierno.")
    )

    override_translatable_fields = synchronized_fields(
        "level", "unit", "baseline", "baseline_on", "target", "target_on", "frequency"
    )

    class Meta(PageRow.Meta):
        verbose_name = _("indicador")
        verbose_name_plural = _("indicadores")

    panels = [
        FieldPanel("level"),
        FieldPanel("objective"),
        FieldPanel("indicator"),
        FieldPanel("method"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("unit"), FieldPanel("unit_name")]),
                FieldRowPanel([FieldPanel("baseline"), FieldPanel("baseline_on")]),
                FieldRowPanel([FieldPanel("target"), FieldPanel("target_on")]),
                FieldPanel("frequency"),
            ],
            heading=_("De dónde se parte y a dónde se quiere llegar"),
        ),
        FieldPanel("means_of_verification"),
        FieldPanel("assumptions"),
    ]

    def __str__(self) -> str:
        return self.indicator or self.objective

    def clean(self) -> None:
        """Refuse a target that is the baseline, reversed dates and a share out of 0 to 100."""
        super().clean()
        errors = {
            "baseline": range_error(self.unit, self.baseline),
            "target": range_error(self.unit, self.target) or target_error(self.baseline, self.target),
            "target_on": target_date_error(self.baseline_on, self.target_on),
        }
        found = {name: message for name, message in errors.items() if message}
        if found:
            raise ValidationError(found)

    def find_missing_texts(self) -> dict[str, str]:
        """Return the errors, by field, of texts that may be empty in a draft only."""
        errors = {}
        if not visible_text(self.objective):
            errors["objective"] = gettext("Escribe qué se quiere lograr.")
        if not visible_text(self.indicator):
            errors["indicator"] = gettext("Escribe con qué indicador se mide.")
        if self.unit == UnitKind.OTHER and not visible_text(self.unit_name):
            errors["unit_name"] = gettext("Escribe en qué unidad se mide.")
        return errors
