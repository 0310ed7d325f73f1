"""A commitment: what was promised, to whom, by when, by whom, and what will prove it."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField

from abierto.registry.models import SDGTarget
from blocks.stories import BodyBlock
from pages.core.base import BasePage
from pages.core.search import (
    Kind,
    SearchContent,
    at,
    block_texts,
    institution_names,
    party_texts,
    sections_of,
    text_of,
)
from pages.core.translation import synchronized_fields

from .forms import CommitmentForm
from .rules import commitment_errors

TITLE_LENGTH = 60


class CommitmentPage(BasePage):
    """A commitment with its parties and actions. Its figures come from its updates."""

    context_builder = "pages.plans.commitment_context.build_commitment_context"
    history_fields = frozenset(
        {
            "code", "official_name", "problem", "objective", "citizen_purpose", "relevance", "start",
            "end", "cadence_months", "sdg_targets", "sdg_note", "body", "actions", "parties",
        }
    )  # fmt: skip
    search_kind = Kind.COMMITMENT

    template = "pages/commitment_page.html"
    base_form_class = CommitmentForm
    page_description = _("Un compromiso. De él cuelgan sus avances.")
    parent_page_types: ClassVar[list[str]] = ["pages.AxisPage"]
    subpage_types: ClassVar[list[str]] = ["pages.ProgressUpdatePage"]

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
    body = StreamField(
        BodyBlock(), verbose_name=_("cuerpo"), blank=True, help_text=_("Después de las acciones.")
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("code", "start", "end", "cadence_months", "sdg_targets"),
    ]

    class Meta:
        verbose_name = _("compromiso")
        verbose_name_plural = _("compromisos")

    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("title", heading=_("título ciudadano")),
                FieldPanel("code"),
                FieldPanel("official_name"),
                FieldPanel("summary"),
            ],
            heading=_("Cómo se llama"),
            help_text=_("El título va en palabras sencillas y con 60 caracteres como mucho."),
        ),
        MultiFieldPanel(
            [
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
        FieldPanel("body"),
    ]
    actions_panels = [
        HelpPanel(content=_("Una acción con avance reportado ya no se puede borrar.")),
        InlinePanel("actions", label=_("acción"), heading=_("Acciones y lo que las probará")),
    ]
    parties_panels = [InlinePanel("parties", label=_("parte"), heading=_("Quién responde y quién participa"))]
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
        """Refuse what would make the commitment unfindable, untrue or without its reported actions."""
        super().clean()
        errors = commitment_errors(self)
        if self.title and len(self.title) > TITLE_LENGTH:
            errors["title"] = _("El título ciudadano lleva 60 caracteres como mucho. Acórtalo.")
        if errors:
            raise ValidationError(errors)

    def search_document(self) -> SearchContent:
        """Return the promise in all its wordings, the parties and the actions; also found as «ods 16»."""
        promise = (
            self.official_name, self.summary, self.objective, self.citizen_purpose, self.problem,
            self.relevance,
        )  # fmt: skip
        rows = self.parties.select_related("institution", "person").all()
        parties = [row for row in rows if row.is_public]
        names = (
            text for row in parties for text in party_texts(row.institution, row.public_person, row.post)
        )
        targets = list(self.sdg_targets.all())
        goals = tuple(dict.fromkeys(str(target.goal_id) for target in targets))
        actions = (
            text_of(f"{row.number}. {row.title}", row.text, row.deliverable, *block_texts(row.means))
            for row in self.actions.all()
        )
        return SearchContent(
            [
                text_of(*promise),
                text_of(*names),
                text_of(self.sdg_note),
                *sections_of(self.body),
                *(at("acciones", action) for action in actions),
            ],
            code=self.code,
            day=self.start,
            institution=institution_names(row.institution for row in parties),
            sdg=goals,
            plain=" ".join(target.title for target in targets),  # a goal was not promised: it counts half
            ref=(f"compromiso {self.code}", *(f"ods {goal}" for goal in goals)),
        )
