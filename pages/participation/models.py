"""Page types of participation: the list, calls and consultations."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from blocks.base import PortalStreamBlock
from blocks.body import BodyBlock
from pages.core.base import MENU_PANEL, BasePage
from pages.core.search import (
    SearchContent,
    SearchKind,
    join_distinct_texts,
    join_texts,
    list_block_texts,
    set_anchor,
    split_sections,
)
from pages.core.translation import synchronized_fields

from .blocks import ANSWER_BLOCKS
from .enums import CallState
from .fields import ContributionsMixin, HeadcountMixin, count_field
from .places import find_municipality_name
from .rules import find_call_state, permanent_error, reversed_dates_error


class ParticipationIndexPage(BasePage):
    """The list of the calls, consultations, forums and tables of the state, or of one municipality."""

    context_builder = "pages.participation.context.build_index_context"
    shows_own_branch = True
    history_fields = frozenset({"intro", "body"})
    search_kind = SearchKind.STANDARD
    schema_type = "CollectionPage"

    template = "pages/participation_index_page.html"
    page_description = _("Dónde participar. De ella cuelgan convocatorias, consultas, foros y mesas.")
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.MicrositePage"]
    subpage_types: ClassVar[list[str]] = [
        "pages.CallPage",
        "pages.ConsultationPage",
        "pages.ForumPage",
        "pages.CoCreationTablePage",
    ]
    max_count_per_parent = 1

    intro = models.TextField(_("entrada"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)

    class Meta:
        verbose_name = _("lista de participación")
        verbose_name_plural = _("listas de participación")

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = [*BasePage.promote_panels, MENU_PANEL]

    def search_document(self) -> SearchContent:
        """Return the texts of the list only; its child pages have their own documents."""
        return SearchContent(
            [join_distinct_texts(self.summary, self.intro), *split_sections(self.body)],
            municipality=find_municipality_name(self),
        )


class CallPage(ContributionsMixin, BasePage):
    """A call to participate, open between two dates or permanently; its state is computed from them."""

    context_builder = "pages.participation.context.build_call_context"
    shows_own_branch = True
    history_fields = ContributionsMixin.shared_fields | {
        "opens_on", "closes_on", "is_permanent", "audience", "how_to", "published_in", "document",
    }  # fmt: skip
    search_kind = SearchKind.CALL
    schema_type = "CreativeWork"

    template = "pages/call_page.html"
    page_description = _("Una convocatoria: a quién llama, hasta cuándo y cómo participar.")
    parent_page_types: ClassVar[list[str]] = ["pages.ParticipationIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    opens_on = models.DateField(_("abre el"), null=True, blank=True)
    closes_on = models.DateField(
        _("cierra el"), null=True, blank=True, help_text=_("El último día en que se puede participar.")
    )
    is_permanent = models.BooleanField(
        _("es permanente"), default=False, help_text=_("Queda abierta: no tiene fecha de cierre.")
    )
    audience = models.TextField(_("a quién llama"), blank=True)
    how_to = models.TextField(_("cómo participar"), blank=True)
    published_in = models.TextField(
        _("dónde se publicó"),
        blank=True,
        help_text=_("También fuera de internet: carteles, radio, perifoneo, periódicos."),
    )
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("documento de la convocatoria"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("opens_on", "closes_on", "is_permanent", "document"),
    ]

    class Meta:
        verbose_name = _("convocatoria")
        verbose_name_plural = _("convocatorias")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]), FieldPanel("is_permanent")],
            heading=_("Cuándo"),
            help_text=_("Se abre y se cierra sola en estas fechas."),
        ),
        FieldPanel("intro"),
        FieldPanel("audience"),
        FieldPanel("how_to"),
        FieldPanel("published_in"),
        FieldPanel("document"),
        *ContributionsMixin.shared_panels,
    ]

    def clean(self) -> None:
        """Refuse reversed dates and a permanent call that closes."""
        super().clean()
        message = reversed_dates_error(self.opens_on, self.closes_on) or permanent_error(
            self.is_permanent, self.closes_on
        )
        if message:
            raise ValidationError({"closes_on": message})

    def find_state(self, day: datetime.date) -> CallState:
        """Return the state on ``day``."""
        return find_call_state(self.opens_on, self.closes_on, self.is_permanent, day)

    def search_document(self) -> SearchContent:
        """Return the audience, how to participate, and the contributions with their outcomes."""
        return SearchContent(
            list(self.shared_passages(self.audience, self.how_to, self.published_in)),
            day=self.opens_on,
            municipality=self.municipality_name,
        )


class ConsultationPage(ContributionsMixin, HeadcountMixin, BasePage):
    """A consultation or survey with its method, its sample and its published results."""

    context_builder = "pages.participation.context.build_consultation_context"
    shows_own_branch = True
    history_fields = (
        ContributionsMixin.shared_fields
        | HeadcountMixin.headcount_fields
        | {
            "starts_on", "ends_on", "place", "question", "method", "age_from", "age_to", "age_mean",
            "paper_total", "results_source", "answers", "results_note",
        }
    )  # fmt: skip
    search_kind = SearchKind.CONSULTATION
    schema_type = "CreativeWork"

    template = "pages/consultation_page.html"
    page_description = _("Una consulta o encuesta: pregunta, método, muestra y resultados.")
    parent_page_types: ClassVar[list[str]] = ["pages.ParticipationIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    starts_on = models.DateField(_("desde"), null=True, blank=True)
    ends_on = models.DateField(
        _("hasta"), null=True, blank=True, help_text=_("Si solo se sabe el mes, su primer y su último día.")
    )
    place = models.CharField(_("lugar"), max_length=200, blank=True)
    question = models.TextField(_("pregunta"), blank=True, help_text=_("Como se hizo."))
    method = models.TextField(
        _("método"),
        blank=True,
        help_text=_("Cómo se preguntó y a quién, también a quienes no tienen internet."),
    )
    age_from = models.PositiveSmallIntegerField(_("edad menor"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("edad mayor"), null=True, blank=True)
    age_mean = models.DecimalField(_("edad promedio"), max_digits=5, decimal_places=2, null=True, blank=True)
    paper_total = count_field(_("respuestas en papel"), _("De ellas, cuántas llegaron en papel."))
    answers = StreamField(
        PortalStreamBlock(ANSWER_BLOCKS),
        verbose_name=_("respuestas"),
        blank=True,
        help_text=_("En el orden en que se publicaron. De ellas salen la tabla y la gráfica."),
    )
    results_source = models.CharField(_("fuente de los resultados"), max_length=250, blank=True)
    results_note = models.TextField(
        _("nota sobre los resultados"), blank=True, help_text=_("Lo que el documento aclara o no explica.")
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields(
            "starts_on", "ends_on", "age_from", "age_to", "age_mean", "paper_total",
            "people_total", "people_women", "people_men", "people_other",
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("consulta")
        verbose_name_plural = _("consultas")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]), FieldPanel("place")],
            heading=_("Cuándo y dónde"),
        ),
        FieldPanel("intro"),
        FieldPanel("question"),
        FieldPanel("method"),
        HeadcountMixin.headcount_panel,
        FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to"), FieldPanel("age_mean")]),
        FieldPanel("paper_total"),
        FieldPanel("answers"),
        FieldPanel("results_source"),
        FieldPanel("results_note"),
        *ContributionsMixin.shared_panels,
    ]

    def clean(self) -> None:
        """Refuse reversed dates and ages; an inconsistent published sample is accepted."""
        super().clean()
        errors: dict[str, Any] = {}
        if message := reversed_dates_error(self.starts_on, self.ends_on):
            errors["ends_on"] = message
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            errors["age_to"] = _("La edad mayor es menos que la menor. Corrige una de las dos.")
        if errors:
            raise ValidationError(errors)

    def search_document(self) -> SearchContent:
        """Return the question, the method, the answers, and the contributions with their outcomes."""
        answers = set_anchor("resultados", join_texts(*list_block_texts(self.answers), self.results_note))
        return SearchContent(
            [*self.shared_passages(self.question, self.method, self.place), answers],
            day=self.starts_on,
            municipality=self.municipality_name,
        )
