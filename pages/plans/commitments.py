"""The page type of commitments, with its queryset."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NamedTuple, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelsearch.index import AutocompleteField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import PageManager

from abierto.language.content import QUOTED_PANEL
from abierto.registry.models import SDGTarget
from abierto.tenancy.tree_paths import parent_path
from abierto.text import visible_text
from blocks.body import BodyBlock
from pages.core.base import BasePage, BasePageQuerySet
from pages.core.search import SearchContent, SearchKind
from pages.core.translation import synchronized_fields
from pages.figures.models import ProgressFigure
from pages.matrices.queries import find_indicator_errors, name_indicators

from .closing import missing_outcome_errors, outcome_errors
from .continuity import find_cycle_errors
from .enums import CommitmentOutcome
from .forms import CommitmentForm, HandOverPanel
from .hand_over import describe_hand_over, follows_institution
from .inlines import CommitmentAction
from .models import PlanPage
from .rules import find_reported_actions
from .search import build_search_content
from .status import FigureStatus, find_figure_status

TITLE_LENGTH = 60
LEVELS_TO_PLAN = 2
#: What ``find_figure_status`` reads of a figure.
STATUS_FIELDS = ("key", "declared", "effective", "stage", "reported_on")


class CommitmentStatus(NamedTuple):
    """A commitment with its plan, its figure and the status of the figure."""

    page: "CommitmentPage"
    plan: PlanPage
    figure: ProgressFigure | None
    status: FigureStatus


class CommitmentQuerySet(BasePageQuerySet):
    """The queryset of commitments."""

    def with_figure(self) -> Self:
        """Annotate each commitment with the fields of its figure that its status depends on."""
        own = ProgressFigure.objects.filter(key=OuterRef("translation_key"))
        return self.annotate(**{f"figure_{name}": Subquery(own.values(name)[:1]) for name in STATUS_FIELDS})

    def with_status(self, today: datetime.date, plans: Iterable[PlanPage]) -> list[CommitmentStatus]:
        """Return the commitments of ``plans`` with their status; a figure has ``STATUS_FIELDS`` only.

        One query.
        """
        pages = list(self.with_figure())
        figures = {page.translation_key: page.status_figure for page in pages if page.figure_key is not None}
        return find_statuses(pages, {plan.path: plan for plan in plans}, figures, today)


CommitmentManager = PageManager.from_queryset(CommitmentQuerySet)


def find_statuses(
    commitments: Iterable["CommitmentPage"],
    plans: Mapping[str, PlanPage],
    figures: Mapping[UUID, ProgressFigure],
    today: datetime.date,
) -> list[CommitmentStatus]:
    """Return those of ``commitments`` whose plan is among ``plans``, by tree path, with their status."""
    found = []
    for page in commitments:
        plan, figure = plans.get(find_plan_path(page)), figures.get(page.translation_key)
        if plan is not None:
            found.append(CommitmentStatus(page, plan, figure, find_figure_status(figure, plan, today, page)))
    return found


def find_plan_path(commitment: "CommitmentPage") -> str:
    """Return the tree path of the plan of ``commitment``."""
    return parent_path(commitment.path, LEVELS_TO_PLAN)


class CommitmentPage(BasePage):
    """A commitment with its parties and actions. Its figures come from its updates."""

    context_builder = "pages.plans.commitment_context.build_commitment_context"
    shows_own_branch = True
    history_fields = frozenset(
        {
            "code", "is_code_ours", "official_name", "official_text", "problem", "objective",
            "citizen_purpose", "relevance", "start", "end", "cadence_months",
            "sdg_targets", "sdg_note", "body", "actions", "parties", "outcome", "outcome_reason",
            "continues",
        }
    )  # fmt: skip
    quoted_fields = frozenset({"official_name", "official_text"})
    search_kind = SearchKind.COMMITMENT
    schema_type = "CreativeWork"

    template = "pages/commitment_page.html"
    base_form_class = CommitmentForm
    page_description = _("Un compromiso. De él cuelgan sus avances.")
    parent_page_types: ClassVar[list[str]] = ["pages.AxisPage"]
    subpage_types: ClassVar[list[str]] = ["pages.ProgressUpdatePage", "pages.ObservationAnswerPage"]

    code = models.CharField(
        _("clave"),
        max_length=12,
        validators=[
            RegexValidator(
                r"^[0-9A-Za-z]+([.-][0-9A-Za-z]+)*\Z", _("Usa números, letras y puntos, por ejemplo 3.1.")
            )
        ],
        help_text=_("Única dentro del plan. Forma parte de la dirección corta del compromiso."),
    )
    official_name = models.TextField(
        _("nombre oficial"), blank=True, help_text=_("Como está en el plan. Bajo el título de la página.")
    )
    official_text = models.TextField(
        _("texto del plan"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Palabra por palabra, como está en el plan. Lo demás es nuestro resumen."),
    )
    is_code_ours = models.BooleanField(
        _("la clave es de este portal"),
        default=False,
        db_default=False,
        help_text=_("Márcalo si el documento no imprime la clave."),
    )
    problem = models.TextField(_("problema"), blank=True, help_text=_("Qué se quiere resolver."))
    objective = models.TextField(_("objetivo"), blank=True)
    citizen_purpose = models.TextField(
        _("propósito ciudadano"), blank=True, help_text=_("Qué gana la gente cuando se cumpla.")
    )
    relevance = models.TextField(_("relevancia"), blank=True)
    start = models.DateField(_("inicio"), null=True, blank=True)
    end = models.DateField(_("conclusión"), null=True, blank=True)
    cadence_months = models.PositiveSmallIntegerField(
        _("se reporta cada (meses)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1, _("Escribe al menos un mes."))],
        help_text=_("Vacío: como diga el plan."),
    )
    sdg_targets = ParentalManyToManyField(
        SDGTarget, verbose_name=_("metas de los ODS"), blank=True, related_name="commitments"
    )
    sdg_note = models.CharField(
        _("nota sobre los ODS"),
        max_length=250,
        blank=True,
        help_text=_("Por ejemplo, una clave del documento que no existe en la lista oficial."),
    )
    indicator_key = models.UUIDField(
        _("indicador"),
        null=True,
        blank=True,
        help_text=_("Uno de una matriz pública del plan. Sus avances dirán cuánto mide."),
    )
    outcome = models.CharField(
        _("cómo terminó"),
        max_length=12,
        choices=CommitmentOutcome,
        blank=True,
        default="",
        db_default="",
        help_text=_("Al cerrar el plan. Vacío mientras siga abierto."),
    )
    outcome_reason = models.TextField(
        _("por qué terminó así"),
        blank=True,
        default="",
        db_default="",
        help_text=_("En una o dos oraciones. Se publica."),
    )
    continues = models.ForeignKey(
        "self",
        verbose_name=_("viene de"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("El compromiso de un plan anterior que este retoma. Se muestra mientras sea público."),
    )
    body = StreamField(
        BodyBlock(), verbose_name=_("cuerpo"), blank=True, help_text=_("Después de las acciones.")
    )

    search_fields = [*BasePage.search_fields, AutocompleteField("official_name")]
    exclude_fields_in_copy = ["outcome", "outcome_reason", "continues"]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("code", "is_code_ours", "start", "end", "cadence_months", "sdg_targets"),
        *synchronized_fields("outcome", "continues", "indicator_key"),
    ]

    objects = CommitmentManager()

    class Meta:
        verbose_name = _("compromiso")
        verbose_name_plural = _("compromisos")

    content_panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("title", heading=_("título ciudadano"), placeholder=False),
                FieldPanel("code"),
                FieldPanel("is_code_ours"),
                FieldPanel("official_name", attrs=QUOTED_PANEL),
                FieldPanel("summary"),
            ],
            heading=_("Cómo se llama"),
            help_text=_("El título va en palabras sencillas y con 60 caracteres como mucho."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("official_text", attrs=QUOTED_PANEL),
                FieldPanel("problem"),
                FieldPanel("objective"),
                FieldPanel("citizen_purpose"),
                FieldPanel("relevance"),
            ],
            heading=_("Qué se prometió y para qué"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("cadence_months")])],
            heading=_("Plazos"),
        ),
        MultiFieldPanel([FieldPanel("sdg_targets"), FieldPanel("sdg_note")], heading=_("Agenda 2030")),
        FieldPanel("indicator_key"),
        MultiFieldPanel(
            [FieldPanel("outcome"), FieldPanel("outcome_reason")], heading=_("Al cerrar el plan")
        ),
        PageChooserPanel("continues", "pages.CommitmentPage"),
        FieldPanel("body"),
    ]
    actions_panels = [
        HelpPanel(content=_("Una acción con avance reportado ya no se puede borrar.")),
        InlinePanel("actions", label=_("acción"), heading=_("Acciones y lo que las probará")),
    ]
    parties_panels = [
        HandOverPanel(template="admin_pages/hand_over_panel.html"),
        InlinePanel("parties", label=_("parte"), heading=_("Quién responde y quién participa")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Compromiso")),
            ObjectList(actions_panels, heading=_("Acciones")),
            ObjectList(parties_panels, heading=_("Partes")),
            ObjectList(BasePage.promote_panels, heading=_("Dirección")),
            ObjectList(BasePage.settings_panels, heading=_("Ajustes")),
        ]
    )

    def clean(self) -> None:
        """Refuse a cycle, reversed dates, a repeated code, the loss of reported actions and a long title."""
        super().clean()
        errors: dict[str, Any] = find_cycle_errors(self)
        if self.start and self.end and self.end < self.start:
            errors["end"] = _("La conclusión es anterior al inicio. Corrige una de las dos fechas.")
        if self.code and self.is_code_taken():
            errors["code"] = _("Otro compromiso de este plan ya tiene la clave %(code)s. Escribe otra.") % {
                "code": self.code
            }
        if self.path and self.find_missing_reported_actions():
            errors["__all__"] = _(
                "Falta una acción que ya tiene avance reportado. Recupérala antes de publicar."
            )
        if self.title and len(self.title) > TITLE_LENGTH:
            errors["title"] = _("El título ciudadano lleva 60 caracteres como mucho. Acórtalo.")
        if errors:
            raise ValidationError(errors)

    def is_code_taken(self) -> bool:
        """Check whether another commitment of the same plan has this code."""
        plan = self.plan_above
        if plan is None:
            return False
        return bool(self.others_of_type().descendant_of(plan).filter(code=self.code).exists())

    def find_missing_reported_actions(self) -> set[UUID]:
        """Return the keys of stored actions with reported progress that this version no longer has."""
        stored = CommitmentAction.objects.filter(page_id=self.pk).values_list("translation_key", flat=True)
        return find_reported_actions(set(stored) - {action.translation_key for action in self.actions.all()})

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors of the outcome and of indicators of other spaces."""
        errors = outcome_errors(self.outcome, visible_text(self.outcome_reason))
        if not errors:
            plan = self.plan_above
            errors = missing_outcome_errors(self.outcome, plan.closed_on if plan is not None else None)
        return errors | find_indicator_errors(self)

    @cached_property
    def plan_above(self) -> PlanPage | None:
        """Return the plan of the commitment, also before it is saved."""
        axis = self.parent
        return PlanPage.objects.filter(path=parent_path(axis.path, 1)).first() if axis is not None else None

    def names_for_review(self) -> dict[str, str]:
        """Return the names of the indicators that the commitment names by their keys."""
        return name_indicators([self.indicator_key, *(row.indicator_key for row in self.actions.all())])

    def publication_effects(self) -> list[str]:
        """Return which space gets the commitment; a translation follows its source."""
        return [describe_hand_over(self)] if follows_institution(self) else []

    @property
    def is_found_by_key(self) -> bool:  # type: ignore[override]
        """Check whether the page of an earlier commitment, maybe of another space, links to this one."""
        return self.continues_id is not None

    @property
    def status_figure(self) -> ProgressFigure:
        """The figure from the annotations of ``with_figure``."""
        values = {name: getattr(self, f"figure_{name}") for name in STATUS_FIELDS}
        return ProgressFigure(**{name: value for name, value in values.items() if value is not None})

    def search_document(self) -> SearchContent:
        """Return the promise in all its wordings, the parties and the actions."""
        return build_search_content(self)
