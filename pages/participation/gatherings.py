"""Page types of meetings: forums (also trainings and talks) and co-creation tables."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField

from abierto.registry.models import Institution
from blocks.base import PortalStreamBlock
from pages.core.base import BasePage
from pages.core.inline import PageRow
from pages.core.search import SearchContent, SearchKind, join_texts, list_institution_names, set_anchor
from pages.core.translation import synchronized_fields
from pages.plans.commitment_references import COMMITMENT_BLOCKS

from .enums import ForumKind
from .fields import ContributionsMixin, GatheringMixin, HeadcountMixin

WHEN_AND_WHERE = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]), FieldPanel("place")],
    heading=_("Cuándo y dónde"),
    help_text=_("Si solo se sabe el mes, su primer y su último día."),
)


class ForumPage(ContributionsMixin, HeadcountMixin, GatheringMixin, BasePage):
    """A forum, training, workshop or talk with its attendance; its children are co-creation tables."""

    context_builder = "pages.participation.context.build_forum_context"
    shows_own_branch = True
    history_fields = (
        ContributionsMixin.shared_fields
        | HeadcountMixin.headcount_fields
        | GatheringMixin.gathering_fields
        | {"kind"}
    )
    search_kind = SearchKind.FORUM

    template = "pages/forum_page.html"
    page_description = _("Un foro, una capacitación, un taller o una conferencia, con su asistencia.")
    parent_page_types: ClassVar[list[str]] = ["pages.ParticipationIndexPage"]
    subpage_types: ClassVar[list[str]] = ["pages.CoCreationTablePage"]

    kind = models.CharField(_("tipo"), max_length=10, choices=ForumKind, default=ForumKind.FORUM)

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields(
            "kind", "starts_on", "ends_on", "people_total", "people_women", "people_men", "people_other"
        ),
    ]

    class Meta:
        verbose_name = _("foro o capacitación")
        verbose_name_plural = _("foros y capacitaciones")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        WHEN_AND_WHERE,
        FieldPanel("intro"),
        HeadcountMixin.headcount_panel,
        *ContributionsMixin.shared_panels,
    ]

    def search_document(self) -> SearchContent:
        """Return the kind, the place and the shared texts of the forum."""
        return SearchContent(
            list(self.shared_passages(str(self.get_kind_display()), self.place)),
            day=self.starts_on,
            municipality=self.municipality_name,
        )


class CoCreationTablePage(ContributionsMixin, GatheringMixin, BasePage):
    """A co-creation table, at which institutions agreed on commitments; these link back to it."""

    context_builder = "pages.participation.context.build_table_context"
    is_found_by_key = True
    history_fields = (
        ContributionsMixin.shared_fields
        | GatheringMixin.gathering_fields
        | {"participants", "results", "commitments", "minutes"}
    )
    quoted_fields = frozenset({"commitments"})
    search_kind = SearchKind.TABLE

    template = "pages/co_creation_table_page.html"
    page_description = _(
        "Una mesa de cocreación: quiénes participaron, qué resultó y qué compromisos salieron."
    )
    parent_page_types: ClassVar[list[str]] = ["pages.ParticipationIndexPage", "pages.ForumPage"]
    subpage_types: ClassVar[list[str]] = []

    results = models.TextField(_("resultados"), blank=True, help_text=_("Qué acordó la mesa."))
    commitments = StreamField(
        PortalStreamBlock(COMMITMENT_BLOCKS),
        verbose_name=_("compromisos que salieron de aquí"),
        blank=True,
        help_text=_("En la página de cada uno aparece de dónde viene."),
    )
    minutes = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("acta de resultados"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("starts_on", "ends_on", "minutes"),
    ]

    class Meta:
        verbose_name = _("mesa de cocreación")
        verbose_name_plural = _("mesas de cocreación")

    content_panels = [
        *BasePage.content_panels,
        WHEN_AND_WHERE,
        FieldPanel("intro"),
        InlinePanel("participants", label=_("participante"), heading=_("Quiénes participaron")),
        FieldPanel("results"),
        FieldPanel("commitments"),
        FieldPanel("minutes"),
        *ContributionsMixin.shared_panels,
    ]

    def search_document(self) -> SearchContent:
        """Return the results of the table and its participants."""
        rows = self.participants.select_related("institution").all()
        institutions = [row.institution for row in rows if row.institution.live]
        return SearchContent(
            [
                *self.shared_passages(self.results, self.place),
                set_anchor("participantes", join_texts(*institutions)),
            ],
            day=self.starts_on,
            institution=list_institution_names(institutions),
            municipality=self.municipality_name,
        )


class TableParticipant(PageRow):
    """An institution that took part in a co-creation table."""

    history_fields = frozenset({"institution", "part"})

    page = ParentalKey(CoCreationTablePage, on_delete=models.CASCADE, related_name="participants")
    institution = models.ForeignKey(
        Institution, verbose_name=_("institución"), on_delete=models.PROTECT, related_name="+"
    )
    part = models.CharField(
        _("papel"), max_length=160, blank=True, help_text=_("Por ejemplo: coordinó la mesa.")
    )

    override_translatable_fields = synchronized_fields("institution")

    class Meta(PageRow.Meta):
        verbose_name = _("participante")
        verbose_name_plural = _("participantes")

    panels = [FieldRowPanel([FieldPanel("institution"), FieldPanel("part")])]

    def __str__(self) -> str:
        return str(self.institution)
