"""A progress update: the progress that a responsible party reports for a period, with evidence."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing

from blocks.base import PortalStreamBlock
from blocks.evidence import EVIDENCE_BLOCKS
from pages.admin.panels import FixedRowsPanel
from pages.core.base import BasePage
from pages.core.inline import percent_field
from pages.core.search import Kind, SearchContent, at, block_texts, text_of
from pages.core.translation import synchronized_fields
from pages.plans.inlines import CommitmentAction

from .forms import ProgressUpdateForm
from .review import read_figures_before, read_key_names
from .rules import publication_errors, update_errors


class ProgressUpdatePage(BasePage):
    """The figures of one commitment for one period: one row for each of its actions."""

    context_builder = "pages.updates.context.build_update_context"
    history_fields = frozenset(
        {
            "period_start", "period_end", "declared", "declared_note", "narrative", "evidence", "rows",
        }
    )  # fmt: skip
    search_kind = Kind.UPDATE

    template = "pages/progress_update_page.html"
    base_form_class = ProgressUpdateForm
    page_description = _("Un avance de un compromiso: cifras, notas y pruebas de un periodo.")
    parent_page_types: ClassVar[list[str]] = ["pages.CommitmentPage"]
    subpage_types: ClassVar[list[str]] = []

    period_start = models.DateField(_("desde"), null=True)
    period_end = models.DateField(
        _("hasta"), null=True, help_text=_("Las cifras quedan como estaban en este día.")
    )
    declared = percent_field(
        _("avance declarado del compromiso"),
        _("Solo si la institución publicó una cifra propia para todo el compromiso."),
    )
    declared_note = models.TextField(
        _("nota aclaratoria"),
        blank=True,
        help_text=_("Si la cifra declarada difiere de la cuenta, explica por qué. Se muestra junto a ella."),
    )
    narrative = RichTextField(
        _("qué se hizo"),
        blank=True,
        features=["bold", "italic", "ul", "ol", "link"],
        help_text=_("Con palabras sencillas. Se muestra en la página del compromiso."),
    )
    evidence = StreamField(
        PortalStreamBlock(EVIDENCE_BLOCKS),
        verbose_name=_("pruebas de todo el compromiso"),
        blank=True,
        help_text=_("Las de una sola acción van en su fila."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("period_start", "period_end", "declared"),
    ]

    class Meta:
        verbose_name = _("avance")
        verbose_name_plural = _("avances")

    content_panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")], heading=_("Periodo")),
        FixedRowsPanel(
            "rows",
            template_name="admin_pages/update_rows.html",
            label=_("acción"),
            heading=_("Avance de cada acción"),
            help_text=_("Escribe un porcentaje o una etapa. Se muestran en la página del compromiso."),
        ),
        MultiFieldPanel(
            [FieldPanel("declared"), FieldPanel("declared_note")], heading=_("Cifra propia del compromiso")
        ),
        FieldPanel("narrative"),
        FieldPanel("evidence"),
        FieldPanel("summary"),
    ]

    def clean(self) -> None:
        """Refuse a reversed or overlapping period and figures for actions of another commitment."""
        super().clean()
        errors = update_errors(self)
        if errors:
            raise ValidationError(errors)

    def publication_errors(self) -> dict[str, Any]:
        """Return the errors in figures that block publication and not a draft."""
        return publication_errors(self)

    def names_for_review(self) -> dict[str, str]:
        """Return how people call the actions and the promised proofs that the update names by their keys."""
        return read_key_names(self.parent.specific) if self.parent is not None else {}

    def figures_before(self) -> dict[str, str]:
        """Return the public figures before this update, for the comparison of its first version."""
        return read_figures_before(self.parent.specific, self) if self.parent is not None else {}

    def search_document(self) -> SearchContent:
        """Return the summary of the update and, for each action, its stage, note and evidence."""
        rows = list(self.rows.all())
        actions = CommitmentAction.objects.filter(
            translation_key__in=[row.action_key for row in rows], page__locale=self.locale_id
        )
        titles = dict(actions.values_list("translation_key", "title"))
        reported = (
            text_of(titles.get(row.action_key), row.stage, row.note, *block_texts(row.evidence))
            for row in rows
        )
        return SearchContent(
            [
                text_of(self.summary, get_text_for_indexing(self.narrative), self.declared_note),
                *(at("acciones", passage) for passage in reported),
                at("pruebas", text_of(*block_texts(self.evidence))),
            ],
            day=self.period_end,
        )
