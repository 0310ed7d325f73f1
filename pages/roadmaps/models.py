"""The page type of roadmaps: the documented steps of a municipality towards its plan."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from abierto.registry.models import Institution, ListedStep, Municipality, StepList
from abierto.tenancy.tree_paths import parent_path
from blocks.base import PortalStreamBlock
from blocks.evidence import EVIDENCE_BLOCKS
from pages.core.base import BasePage
from pages.core.forms import RowsForm
from pages.core.inline import PageRow
from pages.core.search import (
    SearchContent,
    SearchKind,
    join_distinct_texts,
    join_texts,
    list_block_texts,
    set_anchor,
)
from pages.core.translation import synchronized_fields

from .enums import JointDeclaration, StepStatus


class RoadmapForm(RowsForm):
    """The page form, which adds the steps of the list to a roadmap without rows."""

    def complete_rows(self, page: Any) -> None:
        page.propose_steps()


class RoadmapPage(BasePage):
    """The steps of one municipality, below its microsite, or below the list if its site is elsewhere."""

    context_builder = "pages.roadmaps.context.build_roadmap_context"
    history_fields = frozenset(
        {
            "municipality", "step_list", "declaration", "intro", "oath_on", "oath_before",
            "has_all_members", "vulnerable_groups", "without_internet", "steps",
        }
    )  # fmt: skip
    search_kind = SearchKind.ROADMAP
    schema_type = "CreativeWork"

    template = "pages/roadmap_page.html"
    base_form_class = RoadmapForm
    page_description = _("Los pasos de un municipio hacia su plan, con su fecha y sus documentos.")
    parent_page_types: ClassVar[list[str]] = ["pages.MicrositePage", "pages.MunicipalityIndexPage"]
    subpage_types: ClassVar[list[str]] = [
        "pages.ResultsMatrixPage",
        "pages.ProblemTreePage",
        "pages.ObservationAnswerPage",
    ]
    copied_with_parent = False

    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Solo si la página no cuelga de un micrositio: ahí es el de este."),
    )
    step_list = models.ForeignKey(
        StepList,
        verbose_name=_("lista de pasos"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Al guardar el borrador se agregan sus pasos."),
    )
    declaration = models.CharField(
        _("declaración conjunta a la que se adhirió"),
        max_length=10,
        choices=JointDeclaration,
        blank=True,
        help_text=_("Vacía: ningún documento lo dice."),
    )
    intro = models.TextField(_("entrada"), blank=True)
    oath_on = models.DateField(_("fecha de la protesta"), null=True, blank=True)
    oath_before = models.ForeignKey(
        Institution,
        verbose_name=_("ante quién se rindió protesta"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    has_all_members = models.BooleanField(
        _("los asientos del registro son todos los del secretariado"),
        default=False,
        help_text=_("Sin esta marca, un asiento que falta no cuenta como incumplimiento."),
    )
    vulnerable_groups = models.TextField(
        _("cómo se llegó a los grupos vulnerables"),
        blank=True,
        help_text=_("En la encuesta y el diagnóstico. Vacío: no consta."),
    )
    without_internet = models.TextField(
        _("cómo se llegó a quienes no tienen internet"),
        blank=True,
        help_text=_("Carteles, radio, perifoneo, urnas de papel. Vacío: no consta."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields(
            "municipality", "step_list", "declaration", "oath_on", "oath_before", "has_all_members"
        ),
    ]

    class Meta:
        verbose_name = _("hoja de ruta de un municipio")
        verbose_name_plural = _("hojas de ruta de los municipios")

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("step_list"), FieldPanel("declaration")]),
        FieldPanel("municipality"),
        FieldPanel("intro"),
        InlinePanel("steps", label=_("paso"), heading=_("Pasos")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("oath_on"), FieldPanel("oath_before")]),
                FieldPanel("has_all_members"),
            ],
            heading=_("El secretariado"),
        ),
        MultiFieldPanel(
            [FieldPanel("vulnerable_groups"), FieldPanel("without_internet")],
            heading=_("A quiénes se llegó"),
        ),
    ]

    @property
    def town(self) -> Municipality | None:
        """Return its own municipality, else that of the microsite above; validation keeps them equal."""
        return self.municipality or self._find_town_above()

    @property
    def public_town(self) -> Municipality | None:
        """Return its municipality if the registry row is public."""
        town = self.town
        return town if town is not None and town.live else None

    def clean(self) -> None:
        """Refuse a municipality other than that of the microsite, and a second roadmap of a microsite."""
        super().clean()
        parent, above = self.parent, self._find_town_above()
        if above is not None and self.municipality_id not in (None, above.pk):
            raise ValidationError(
                {"municipality": _("Este micrositio es de otro municipio. Deja el campo vacío.")}
            )
        if parent is not None and above is not None and self.others_of_type().child_of(parent).exists():
            raise ValidationError(_("Este micrositio ya tiene una hoja de ruta. Edita esa."))

    def _find_town_above(self) -> Municipality | None:
        """Return the municipality of the microsite above, with one query."""
        above = parent_path(self.path) if self.path else getattr(self.parent, "path", None)
        sites = Page.objects.filter(path=above).values("micrositepage__municipality")
        return Municipality.objects.filter(pk__in=sites).first()

    def propose_steps(self) -> None:
        """Add a row for each public step of the list, if there are no rows yet."""
        if self.step_list_id is None or self.steps.all():
            return
        known = ListedStep.objects.public().filter(step_list=self.step_list_id)
        self.steps.set([RoadmapStep(step=step) for step in known.order_by("number", "pk")])

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication."""
        errors: dict[str, Any] = {}
        if self.town is None:
            errors["municipality"] = gettext("Elige el municipio.")
        rows = list(self.steps.select_related("step"))
        if not rows:
            errors["__all__"] = gettext("La hoja de ruta no tiene pasos. Guarda el borrador para agregarlos.")
        seen: set[int] = set()
        for row in rows:
            if row.step.step_list_id != self.step_list_id:
                message = gettext("«%(step)s» es un paso de otra lista. Quítalo o cambia la lista.")
                errors["__all__"] = message % {"step": row.step}
            elif row.step_id in seen:
                errors["__all__"] = gettext("«%(step)s» está dos veces. Quita uno.") % {"step": row.step}
            seen.add(row.step_id)
        return errors

    def search_document(self) -> SearchContent:
        """Return the steps with their notes and documents, and how people were reached."""
        town = self.public_town
        rows = [row for row in self.steps.select_related("step") if row.step.live]
        steps = (
            set_anchor(
                f"paso-{row.step.number}",
                join_texts(str(row.step), row.note, *list_block_texts(row.evidence)),
            )
            for row in rows
        )
        reached = set_anchor("alcance", join_texts(self.vulnerable_groups, self.without_internet))
        return SearchContent(
            [join_distinct_texts(self.summary, self.intro), *steps, reached],
            municipality=town.name if town is not None else "",
        )


class RoadmapStep(PageRow):
    """The documented facts of one step: status, day, place, note and the delivered documents."""

    history_fields = frozenset({"step", "status", "done_on", "place", "note", "evidence"})

    page = ParentalKey(RoadmapPage, on_delete=models.CASCADE, related_name="steps")
    step = models.ForeignKey(ListedStep, verbose_name=_("paso"), on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("estado"), max_length=14, choices=StepStatus, default=StepStatus.UNKNOWN)
    done_on = models.DateField(
        _("fecha"), null=True, blank=True, help_text=_("Cuándo se hizo. Vacía: ningún documento la dice.")
    )
    place = models.CharField(_("lugar"), max_length=250, blank=True)
    note = models.TextField(_("qué consta"), blank=True)
    evidence = StreamField(
        PortalStreamBlock(EVIDENCE_BLOCKS),
        verbose_name=_("documentos entregados"),
        blank=True,
        help_text=_("Un archivo se hace público con la página; antes se busca si trae datos personales."),
    )

    override_translatable_fields = synchronized_fields("step", "status", "done_on")

    class Meta(PageRow.Meta):
        verbose_name = _("paso")
        verbose_name_plural = _("pasos")

    panels = [
        FieldPanel("step"),
        FieldRowPanel([FieldPanel("status"), FieldPanel("done_on")]),
        FieldPanel("place"),
        FieldPanel("note"),
        FieldPanel("evidence"),
    ]

    def __str__(self) -> str:
        return str(self.step) if self.step_id else ""

    def clean(self) -> None:
        """Refuse a step that is done on a future day."""
        super().clean()
        if self.status == StepStatus.DONE and self.done_on and self.done_on > timezone.localdate():
            raise ValidationError(
                {"done_on": _("Un paso hecho no puede tener una fecha futura. Corrige la fecha o el estado.")}
            )
