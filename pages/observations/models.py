"""The observations of the guarantor, and the answers of the observed spaces.

The observation with its closing is a page of the guarantor's space, the answer a page of the observed space:
each is written and reviewed by the members of its own space (decision 29).
"""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import ModelChoiceField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from abierto.registry.models import Institution, ListedStep
from abierto.tenancy.visibility import filter_public
from abierto.text import visible_text
from blocks.base import PortalStreamBlock
from blocks.evidence import EVIDENCE_BLOCKS
from pages.core.base import MENU_PANEL, BasePage, BasePageForm, BasePageQuerySet
from pages.core.search import (
    SearchContent,
    SearchKind,
    join_distinct_texts,
    join_texts,
    list_block_texts,
    list_institution_names,
    set_anchor,
)
from pages.core.translation import get_source_page, synchronized_fields
from pages.participation.places import find_municipality_name
from pages.roadmaps.models import RoadmapStep

from .enums import ClosingOutcome
from .rules import answer_date_error, closing_errors, deadline_error, issue_error

#: The page types that may be observed.
SUBJECTS = ["pages.RoadmapPage", "pages.CommitmentPage", "pages.ProgressUpdatePage"]


def find_subjects(labels: Iterable[str]) -> QuerySet[Page]:
    """Return the public pages of these types («pages.RoadmapPage»)."""
    types = ContentType.objects.get_for_models(*(apps.get_model(label) for label in labels)).values()
    return filter_public(Page.objects.filter(content_type__in=types))


def has_step(subject: int | None, step: int | None) -> bool:
    """Check that the page ``subject`` is a roadmap with this step of a list."""
    return RoadmapStep.objects.filter(page=subject, step=step).exists()


class ObservationIndexPage(BasePage):
    """The list of the observations of a guarantor; its space writes and approves them."""

    context_builder = "pages.observations.context.build_index_context"
    history_fields = frozenset({"intro"})
    search_kind = None  # it repeats the content of its child pages

    template = "pages/observation_index_page.html"
    page_description = _("Las observaciones de quien vigila los planes. De aquí cuelga cada una.")
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.ObservationPage"]

    intro = models.TextField(_("entrada"), blank=True)

    class Meta:
        verbose_name = _("lista de observaciones")
        verbose_name_plural = _("listas de observaciones")

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    promote_panels = [*BasePage.promote_panels, MENU_PANEL]


class ObservationQuerySet(BasePageQuerySet):
    """The queryset of observations."""

    def with_answers(self) -> Self:
        """Annotate whether a public answer exists (``is_answered``)."""
        answers = ObservationAnswerPage.objects.public().filter(
            observation__translation_key=OuterRef("translation_key")
        )
        return self.annotate(is_answered=Exists(answers))


class ObservationPage(BasePage):
    """A formal note of the guarantor on a step, a commitment or an update, with its closing."""

    context_builder = "pages.observations.context.build_observation_context"
    is_found_by_key = True
    history_fields = frozenset(
        {
            "institution", "subject", "step", "text", "issued_on", "due_on", "closed_on", "outcome",
            "closing_reason",
        }
    )  # fmt: skip
    search_kind = SearchKind.OBSERVATION
    copied_with_parent = False

    template = "pages/observation_page.html"
    page_description = _("Una observación formal, con su plazo y su cierre.")
    parent_page_types: ClassVar[list[str]] = ["pages.ObservationIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    institution = models.ForeignKey(
        Institution,
        verbose_name=_("quién observa"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    subject = models.ForeignKey(
        Page,
        verbose_name=_("página observada"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Una hoja de ruta, un compromiso o un avance que ya es público."),
    )
    step = models.ForeignKey(
        ListedStep,
        verbose_name=_("paso observado"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Solo en una hoja de ruta. Vacío: la observación es sobre toda la hoja."),
    )
    text = models.TextField(_("qué se observa"), blank=True)
    issued_on = models.DateField(_("fecha de la observación"), null=True, blank=True)
    due_on = models.DateField(
        _("plazo para responder"), null=True, blank=True, help_text=_("El último día para responder.")
    )
    closed_on = models.DateField(_("cerrada el"), null=True, blank=True)
    outcome = models.CharField(_("cómo se cerró"), max_length=10, choices=ClosingOutcome, blank=True)
    closing_reason = models.TextField(_("por qué se cerró así"), blank=True)

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("institution", "subject", "step", "issued_on", "due_on", "closed_on", "outcome"),
    ]
    exclude_fields_in_copy = ["closed_on", "outcome", "closing_reason"]

    objects = PageManager.from_queryset(ObservationQuerySet)()

    class Meta:
        verbose_name = _("observación")
        verbose_name_plural = _("observaciones")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("institution"), PageChooserPanel("subject", SUBJECTS), FieldPanel("step")],
            heading=_("Quién observa y qué"),
        ),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("due_on")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("closed_on"), FieldPanel("outcome")]), FieldPanel("closing_reason")],
            heading=_("Cierre"),
            help_text=_("Vacío mientras siga abierta. Otra persona aprueba el cierre, como la observación."),
        ),
    ]

    @property
    def public_institution(self) -> Institution | None:
        """Return the guarantor if its registry row is public."""
        return self.institution if self.institution is not None and self.institution.live else None

    def clean(self) -> None:
        """Refuse a step of a page that has no such step."""
        super().clean()
        if self.step_id is not None and not has_step(self.subject_id, self.step_id):
            raise ValidationError(
                {"step": _("La página observada no tiene este paso. Elige otro o deja el campo vacío.")}
            )

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication; dates are those of the source."""
        errors = {} if visible_text(self.text) else {"text": gettext("Escribe qué se observa.")}
        if self.path and get_source_page(self).pk != self.pk:
            return errors
        day = timezone.localdate()
        found = {
            "institution": "" if self.institution_id else gettext("Elige quién observa."),
            "subject": self._find_subject_error(),
            "issued_on": issue_error(self.issued_on, day),
            "due_on": deadline_error(self.issued_on, self.due_on),
            **closing_errors(self.issued_on, self.closed_on, self.outcome, self.closing_reason, day),
        }
        return errors | {name: message for name, message in found.items() if message}

    def _find_subject_error(self) -> str:
        """Return the error of a subject that is missing, of another type or not public.

        The closing of an observation is not blocked by a subject that was withdrawn since.
        """
        if self.subject_id is not None and (
            find_subjects(SUBJECTS).filter(pk=self.subject_id).exists() or self._is_public_subject()
        ):
            return ""
        return gettext("Elige una hoja de ruta, un compromiso o un avance que sea público.")

    def _is_public_subject(self) -> bool:
        """Check that the public version is about the same page."""
        public = ObservationPage.objects.filter(pk=self.pk, live=True, subject=self.subject_id)
        return self.pk is not None and public.exists()

    def search_document(self) -> SearchContent:
        """Return the text of the observation, its closing and the guarantor."""
        institution = self.public_institution
        return SearchContent(
            [
                join_distinct_texts(self.summary, self.text),
                join_texts(institution),
                set_anchor("cierre", join_texts(self.get_outcome_display(), self.closing_reason)),
            ],
            day=self.issued_on,
            institution=list_institution_names([institution] if institution is not None else []),
            municipality=find_municipality_name(self.subject) if self.subject is not None else "",
        )


class AnswerForm(BasePageForm):
    """The page form, which offers the public observations about the page above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "observation" in self.fields and self.instance.parent is not None:
            own = self.fields["observation"]
            self.fields["observation"] = ModelChoiceField(
                self.instance.find_answerable(), required=False, label=own.label, help_text=own.help_text
            )


class ObservationAnswerPage(BasePage):
    """The answer to an observation, below the observed page; for an update, below its commitment."""

    context_builder = "pages.observations.context.build_answer_context"
    is_found_by_key = True
    history_fields = frozenset({"observation", "answered_on", "text", "evidence"})
    search_kind = SearchKind.OBSERVATION
    copied_with_parent = False

    template = "pages/observation_answer_page.html"
    base_form_class = AnswerForm
    page_description = _("La respuesta a una observación pública de esta página.")
    parent_page_types: ClassVar[list[str]] = ["pages.RoadmapPage", "pages.CommitmentPage"]
    subpage_types: ClassVar[list[str]] = []

    observation = models.ForeignKey(
        ObservationPage,
        verbose_name=_("observación"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Las públicas sobre esta página y sobre sus avances."),
    )
    answered_on = models.DateField(_("fecha de la respuesta"), null=True, blank=True)
    text = models.TextField(_("qué se responde"), blank=True)
    evidence = StreamField(PortalStreamBlock(EVIDENCE_BLOCKS), verbose_name=_("pruebas"), blank=True)

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("observation", "answered_on"),
    ]

    class Meta:
        verbose_name = _("respuesta a una observación")
        verbose_name_plural = _("respuestas a observaciones")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("observation"),
        FieldPanel("answered_on"),
        FieldPanel("text"),
        FieldPanel("evidence"),
    ]

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication; dates are those of the source."""
        errors = {} if visible_text(self.text) else {"text": gettext("Escribe la respuesta.")}
        if self.parent is None or (self.path and get_source_page(self).pk != self.pk):
            return errors
        found = self.find_answerable().filter(pk=self.observation_id).first()
        if found is None and not self._is_public_answer():
            errors["observation"] = gettext("Elige una observación pública sobre esta página o sus avances.")
        known = found or self.observation
        issued, closed = (known.issued_on, known.closed_on) if known is not None else (None, None)
        if message := answer_date_error(self.answered_on, issued, closed, timezone.localdate()):
            errors["answered_on"] = message
        return errors

    def find_answerable(self) -> ObservationQuerySet:
        """Return the public observations about the page above and, of a commitment, about its updates."""
        above = get_source_page(self.parent)
        subjects = find_subjects(SUBJECTS).filter(path__startswith=above.path)
        observations = ObservationPage.objects.public().source_language()
        found: ObservationQuerySet = observations.filter(subject__in=subjects).order_by("-issued_on", "path")
        return found

    def _is_public_answer(self) -> bool:
        """Check that the public version answers the same observation."""
        own = ObservationAnswerPage.objects.filter(pk=self.pk, live=True, observation=self.observation_id)
        return self.pk is not None and self.observation_id is not None and own.exists()

    def search_document(self) -> SearchContent:
        """Return the answer with its evidence."""
        return SearchContent(
            [
                join_distinct_texts(self.summary, self.text),
                set_anchor("pruebas", join_texts(*list_block_texts(self.evidence))),
            ],
            day=self.answered_on,
        )
