"""Page types of plans of action: the plan, its axes and the list of plans."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from abierto.progress.enums import CountAs, RollUp
from abierto.progress.rollup import Rules
from blocks.body import BodyBlock
from pages.core.base import MENU_PANEL, BasePage
from pages.core.search import SearchContent, SearchKind, join_distinct_texts, split_sections
from pages.core.translation import get_source_page, synchronized_fields

from .closing import closing_date_error, final_report_error, open_commitments_error, pending_review_error
from .continuity import find_cycle_errors
from .enums import CountsAs, PlanKind, PlanLevel, PlanStatus, RollUpRule, find_plan_status
from .keys import plan_key


class PlanPage(BasePage):
    """A plan with its axes, reports and rules."""

    context_builder = "pages.plans.context.build_plan_context"
    shows_own_branch = True
    history_fields = frozenset(
        {
            "level", "kind", "status", "period_start", "is_start_assumed", "period_end", "objective",
            "target_text", "source_note", "body",
            "roll_up", "stage_counts_as", "missing_counts_as", "cadence_months",
            "grace_days", "closed_on", "continues",
        }
    )  # fmt: skip
    search_kind = SearchKind.PLAN
    schema_type = "CreativeWork"

    template = "pages/plan_page.html"
    page_description = _("Un plan de acción. De él cuelgan sus ejes y sus informes.")
    parent_page_types: ClassVar[list[str]] = ["pages.PlanIndexPage", "pages.MicrositePage"]
    subpage_types: ClassVar[list[str]] = [
        "pages.AxisPage",
        "pages.ReportPage",
        "pages.StandardPage",
        "pages.GoodPracticePage",
        "pages.ResultsMatrixPage",
        "pages.ProblemTreePage",
    ]

    exclude_fields_in_copy = ["closed_on", "continues"]

    level = models.CharField(_("nivel"), max_length=10, choices=PlanLevel, default=PlanLevel.STATE)
    kind = models.CharField(_("tipo"), max_length=10, choices=PlanKind, default=PlanKind.PAL)
    status = models.CharField(_("estado"), max_length=12, choices=PlanStatus, default=PlanStatus.IN_PROGRESS)
    period_start = models.DateField(
        _("inicio"), null=True, blank=True, help_text=_("Desde aquí se cuenta el avance esperado.")
    )
    is_start_assumed = models.BooleanField(
        _("el inicio es un supuesto"),
        default=False,
        db_default=False,
        help_text=_(
            "Márcalo si el documento no dice cuándo empezó: así nadie queda por debajo de lo esperado."
        ),
    )
    period_end = models.DateField(
        _("meta"), null=True, blank=True, help_text=_("El último día para cumplir el plan.")
    )
    closed_on = models.DateField(
        _("cerrado el"),
        null=True,
        blank=True,
        help_text=_("Solo cuando cada compromiso dice cómo terminó y el informe final es público."),
    )
    continues = models.ForeignKey(
        "self",
        verbose_name=_("viene de"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("El plan anterior. Se muestra mientras sea público."),
    )
    objective = models.TextField(_("objetivo"), blank=True, help_text=_("Se muestra bajo el título."))
    target_text = models.CharField(
        _("meta en palabras"),
        max_length=200,
        blank=True,
        help_text=_("Por ejemplo: 100 % en agosto de 2024."),
    )
    source_note = models.TextField(
        _("de dónde vienen los datos"), blank=True, help_text=_("Al pie de todas las páginas del plan.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)

    roll_up = models.CharField(
        _("regla de la cuenta"), max_length=12, choices=RollUpRule, default=RollUpRule.CHILDREN
    )
    stage_counts_as = models.CharField(
        _("una etapa sin porcentaje"), max_length=8, choices=CountsAs, default=CountsAs.ZERO
    )
    missing_counts_as = models.CharField(
        _("una acción sin dato"), max_length=8, choices=CountsAs, default=CountsAs.ZERO
    )
    cadence_months = models.PositiveSmallIntegerField(
        _("se reporta cada (meses)"),
        default=3,
        validators=[MinValueValidator(1, _("Escribe al menos un mes."))],
    )
    grace_days = models.PositiveSmallIntegerField(
        _("días de gracia"),
        default=15,
        help_text=_("Después de ellos, un compromiso sin reporte va atrasado."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields(
            "level",
            "kind",
            "status",
            "period_start",
            "is_start_assumed",
            "period_end",
            "roll_up",
            "stage_counts_as",
            "missing_counts_as",
            "cadence_months",
            "grace_days",
            "closed_on",
            "continues",
        ),
    ]

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planes")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("level"), FieldPanel("kind"), FieldPanel("status")]),
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
                FieldPanel("is_start_assumed"),
                FieldPanel("target_text"),
                FieldPanel("closed_on"),
                PageChooserPanel("continues", "pages.PlanPage"),
            ],
            heading=_("Qué plan es"),
        ),
        FieldPanel("objective"),
        FieldPanel("body"),
        FieldPanel("source_note"),
        MultiFieldPanel(
            [
                FieldPanel("roll_up"),
                FieldRowPanel([FieldPanel("stage_counts_as"), FieldPanel("missing_counts_as")]),
                FieldRowPanel([FieldPanel("cadence_months"), FieldPanel("grace_days")]),
            ],
            heading=_("Cómo se hacen las cuentas"),
            help_text=_("Cambiar una regla cambia las cifras calculadas. Las declaradas no se tocan."),
        ),
    ]

    @property
    def measures_progress(self) -> bool:
        """Check whether the plan has figures; a work plan has none."""
        return self.kind != PlanKind.WORK_PLAN

    @property
    def key(self) -> str:
        """Return the key of the plan in short addresses and filters."""
        return plan_key(self)

    @property
    def is_open(self) -> bool:
        """Check whether reports on the plan are still to come."""
        return self.status != PlanStatus.CONCLUDED and self.closed_on is None

    @property
    def status_today(self) -> PlanStatus:
        """Return the status on this day: a plan past its end is not in progress."""
        return find_plan_status(self.status, self.period_end, timezone.localdate())

    @property
    def known_start_year(self) -> int | None:
        """Return the year in which the plan begins, unless that is assumed."""
        return self.period_start.year if self.period_start and not self.is_start_assumed else None

    @property
    def rules(self) -> Rules:
        """Return the rules for the figures of this plan."""
        return Rules(
            roll_up=RollUp.parse(self.roll_up, RollUp.CHILDREN),
            stage=CountAs.parse(self.stage_counts_as, CountAs.ZERO),
            missing=CountAs.parse(self.missing_counts_as, CountAs.ZERO),
        )

    def clean(self) -> None:
        """Refuse an end before the start, and a plan that continues itself."""
        super().clean()
        errors: dict[str, Any] = find_cycle_errors(self)
        if self.period_start and self.period_end and self.period_end < self.period_start:
            errors["period_end"] = _("La meta es anterior al inicio. Corrige una de las dos fechas.")
        if errors:
            raise ValidationError(errors)

    def publication_errors(self) -> dict[str, Any]:
        """Return the errors that block the closing of the plan; a translation closes with its source."""
        if self.closed_on is None or not self.path or get_source_page(self).pk != self.pk:
            return {}
        message = (
            closing_date_error(self.closed_on, self.period_start)
            or pending_review_error(self)
            or open_commitments_error(self)
            or (final_report_error(self) if self.measures_progress else "")
        )
        return {"closed_on": message} if message else {}

    def search_document(self) -> SearchContent:
        """Return the purpose of the plan, its aims and its body."""
        texts = join_distinct_texts(self.summary, self.objective, self.target_text, self.source_note)
        day = None if self.is_start_assumed else self.period_start
        return SearchContent([texts, *split_sections(self.body)], day=day)


def find_plan(page: Page) -> PlanPage | None:
    """Return the plan above ``page``."""
    return PlanPage.objects.ancestor_of(page).first()


class AxisPage(BasePage):
    """A part of a plan; its children are commitments."""

    context_builder = "pages.plans.context.build_axis_context"
    shows_own_branch = True
    history_fields = frozenset({"code", "justification", "objective", "expected_effect"})
    search_kind = SearchKind.AXIS
    schema_type = "CreativeWork"

    template = "pages/axis_page.html"
    page_description = _("Un eje de un plan, o una estrategia de un plan de trabajo.")
    parent_page_types: ClassVar[list[str]] = ["pages.PlanPage"]
    subpage_types: ClassVar[list[str]] = ["pages.CommitmentPage"]

    code = models.CharField(
        _("clave"), max_length=10, help_text=_("El número del eje o la letra de la estrategia.")
    )
    justification = models.TextField(_("justificación"), blank=True)
    objective = models.TextField(_("objetivo"), blank=True)
    expected_effect = models.TextField(_("efecto esperado"), blank=True)

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("code"),
    ]

    class Meta:
        verbose_name = _("eje")
        verbose_name_plural = _("ejes")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("code"),
        MultiFieldPanel(
            [FieldPanel("justification"), FieldPanel("objective"), FieldPanel("expected_effect")],
            heading=_("Por qué y para qué"),
        ),
    ]

    def clean(self) -> None:
        """Refuse a code that another axis of the same plan has."""
        super().clean()
        parent = self.parent
        if parent is not None and self.code and is_axis_code_taken(self, parent):
            raise ValidationError(
                {
                    "code": _("Otro eje de este plan ya tiene la clave %(code)s. Escribe otra.")
                    % {"code": self.code}
                }
            )

    def search_document(self) -> SearchContent:
        """Return the texts of the axis, which is also found as «eje 3»."""
        texts = join_distinct_texts(self.summary, self.objective, self.justification, self.expected_effect)
        return SearchContent([texts], code=self.code, ref=(f"eje {self.code}",))


def is_axis_code_taken(page: "AxisPage", plan: Page) -> bool:
    """Check whether another axis of ``plan`` has the code of ``page``."""
    return page.others_of_type().child_of(plan).filter(code=page.code).exists()


class PlanIndexPage(BasePage):
    """The index of the plans of one government, newest first."""

    context_builder = "pages.plans.context.build_plan_index_context"
    history_fields = frozenset({"intro"})
    search_kind = None  # it repeats the content of its child pages
    schema_type = "CollectionPage"

    template = "pages/plan_index_page.html"
    page_description = _("La lista de los planes de acción.")
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.PlanPage"]

    intro = models.TextField(_("entrada"), blank=True, help_text=_("Sobre la lista de planes."))

    class Meta:
        verbose_name = _("lista de planes")
        verbose_name_plural = _("listas de planes")

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    promote_panels = [*BasePage.promote_panels, MENU_PANEL]
