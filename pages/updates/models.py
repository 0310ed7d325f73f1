"""The page type of progress updates."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField, StreamField

from abierto.tenancy.isolation.viewer import hides_draft
from abierto.text import rich_text_lines
from blocks.base import PortalStreamBlock
from blocks.evidence import EVIDENCE_BLOCKS
from pages.admin.panels import FixedRowsPanel
from pages.core.base import BasePage
from pages.core.formatting import full_date, name_update, percent
from pages.core.inline import percent_field
from pages.core.search import (
    SearchContent,
    SearchKind,
    join_distinct_texts,
    join_texts,
    list_block_texts,
    set_anchor,
)
from pages.core.translation import get_source_page, synchronized_fields
from pages.matrices.fields import MEASUREMENT_PANEL, MeasurementMixin
from pages.matrices.queries import name_indicators, read_units
from pages.plans.closing import closed_plan_error
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from pages.plans.models import find_plan

from .forms import ProgressUpdateForm
from .row_proposal import build_row, propose_rows, read_last_figures, write_value
from .rules import (
    action_error,
    measurement_errors,
    missing_actions_error,
    missing_value_error,
    unexplained_difference_error,
)


def read_key_names(commitment: CommitmentPage) -> dict[str, str]:
    """Return the names of the actions, promised proofs and indicators of a commitment, by their keys."""
    names = {}
    for action in commitment.actions.all():
        names[str(action.translation_key)] = gettext("Acción %(action)s") % {"action": action}
        names |= {str(proof.id): str(proof.value["text"]) for proof in action.means}
    actions = commitment.actions.all()
    return names | name_indicators([commitment.indicator_key, *(row.indicator_key for row in actions)])


class ProgressUpdatePage(MeasurementMixin, BasePage):
    """The figures of one commitment for one period: one row for each of its actions."""

    context_builder = "pages.updates.context.build_update_context"
    shows_own_branch = True
    history_fields = MeasurementMixin.measurement_fields | {
        "period_start", "period_end", "declared", "declared_note", "narrative", "evidence", "rows",
    }  # fmt: skip
    search_kind = SearchKind.UPDATE
    schema_type = "Report"
    copied_with_parent = False

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
        *synchronized_fields("indicator_key", "measured", "measured_on"),
    ]

    class Meta:
        verbose_name = _("avance")
        verbose_name_plural = _("avances")

    content_panels = [
        TitleFieldPanel("title"),
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
        MEASUREMENT_PANEL,
        FieldPanel("narrative"),
        FieldPanel("evidence"),
        FieldPanel("summary"),
    ]

    def __str__(self) -> str:
        return self.review_title

    @cached_property
    def commitment_name(self) -> str:
        """The code and title of the commitment; lists annotate it (``pages.plans.queries``)."""
        if self.intended_parent is not None:
            commitment = self.intended_parent.specific
        else:
            commitment = CommitmentPage.objects.parent_of(self).first() if self.path else None
        return f"{commitment.code} {commitment.draft_title}" if commitment is not None else ""

    @property
    def review_title(self) -> str:
        """The name that identifies the update in lists: titles repeat across commitments."""
        title: str = self.draft_title or self.title
        return name_update(self.commitment_name, self.period_start, self.period_end) or title

    def get_admin_display_title(self) -> str:
        """Return the name for lists; the public title where the draft is hidden."""
        return self.title if hides_draft(self) else self.review_title

    def clean(self) -> None:
        """Refuse a reversed or overlapping period and figures for actions of another commitment."""
        super().clean()
        if not (self.period_start and self.period_end):
            return
        if self.period_end < self.period_start:
            raise ValidationError(
                {"period_end": _("El periodo termina antes de empezar. Corrige una de las dos fechas.")}
            )
        other = self.find_overlapping_update()
        if other is not None:
            sentence = _("Ya hay un avance del %(start)s al %(end)s: «%(title)s». Elige otro periodo.")
            start, end = full_date(other.period_start), full_date(other.period_end)
            values = {"start": start, "end": end, "title": other.title}
            raise ValidationError({"period_start": sentence % values})

    def find_overlapping_update(self) -> ProgressUpdatePage | None:
        """Return an update of the same commitment that shares a day with this one, if there is one."""
        if self.parent is None:
            return None
        others = self.others_of_type().child_of(self.parent)
        overlapping = others.filter(period_start__lte=self.period_end, period_end__gte=self.period_start)
        found: ProgressUpdatePage | None = overlapping.order_by("period_start", "path").first()
        return found

    def add_missing_rows(self, commitment: CommitmentPage) -> None:
        """Add the missing rows: with the last figures to a new update, without values to a saved one."""
        held = {row.action_key for row in self.rows.all()}
        if not held and self.pk is None:
            self.rows.add(*propose_rows(commitment))
            return
        missing = [action for action in commitment.actions.all() if action.translation_key not in held]
        self.rows.add(
            *(build_row(action, commitment, len(held) + order) for order, action in enumerate(missing))
        )

    def name_indicators(self, commitment: CommitmentPage) -> None:
        """Store the key of the indicator with each measured value."""
        actions = {action.translation_key: action.indicator_key for action in commitment.actions.all()}
        self.name_indicator(commitment.indicator_key)
        for row in self.rows.all():
            row.name_indicator(actions.get(row.action_key))

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication.

        The figures of a translation are those of its source: only the texts of its rows are checked.
        """
        if self.parent is None:
            return {}
        commitment = get_source_page(self.parent).specific
        is_source = get_source_page(self).pk == self.pk
        known = {action.translation_key for action in commitment.actions.all()} if is_source else None
        rows = list(self.rows.all())
        seen: set[UUID] = set()
        errors: dict[str, str] = {}
        for row in rows:
            errors[f"rows.{row.action_key}.action_key"] = action_error(row.action_key, known, seen)
            errors[f"rows.{row.action_key}.percent"] = missing_value_error(row.percent, row.stage, row.note)
            seen.add(row.action_key)
        if known is not None:
            errors |= self._find_measurement_errors(commitment)
            plan = find_plan(commitment)
            closed_on = plan.closed_on if plan is not None and not self.live else None
            errors["__all__"] = closed_plan_error(closed_on) or missing_actions_error(known, seen)
            errors["declared_note"] = unexplained_difference_error(
                commitment, rows, self.declared, self.declared_note
            )
        return {path: message for path, message in errors.items() if message}

    def _find_measurement_errors(self, commitment: CommitmentPage) -> dict[str, str]:
        """Return, by content path, the errors of the measured values. One query where there are any."""
        actions = {action.translation_key: action.indicator_key for action in commitment.actions.all()}
        parts: list[tuple[str, MeasurementMixin, UUID | None]] = [
            ("", self, self.indicator_key or commitment.indicator_key)
        ]
        parts += [
            (f"rows.{row.action_key}.", row, row.indicator_key or actions.get(row.action_key))
            for row in self.rows.all()
        ]
        units = read_units(key for _prefix, part, key in parts if part.measured is not None)
        return {
            f"{prefix}{name}": message
            for prefix, part, key in parts
            for name, message in measurement_errors(part, units.get(key) if key else None).items()
        }

    def names_for_review(self) -> dict[str, str]:
        """Return the names of the keys that the update refers to, for the review screen."""
        return read_key_names(self.parent.specific) if self.parent is not None else {}

    def figures_before(self) -> dict[str, str]:
        """Return the public figures before this update, for the comparison of its first version."""
        if self.parent is None:
            return {}
        commitment = self.parent.specific
        known = read_last_figures(commitment, excluding=self.translation_key, before=self.period_end)
        figures = {f"rows.{key}.percent": write_value(figure.value) for key, figure in known.items()}
        earlier = self.others_of_type().public().child_of(commitment).filter(declared__isnull=False)
        if self.period_end:
            earlier = earlier.filter(period_end__lt=self.period_end)
        declared = earlier.order_by("-period_end", "-path").values_list("declared", flat=True).first()
        if declared is not None:
            figures["declared"] = percent(declared)
        return figures

    def search_document(self) -> SearchContent:
        """Return the summary of the update and, for each action, its stage, note and evidence."""
        rows = list(self.rows.all())
        actions = CommitmentAction.objects.filter(
            translation_key__in=[row.action_key for row in rows], page__locale=self.locale_id
        )
        titles = dict(actions.values_list("translation_key", "title"))
        reported = (
            join_texts(titles.get(row.action_key), row.stage, row.note, *list_block_texts(row.evidence))
            for row in rows
        )
        return SearchContent(
            [
                join_distinct_texts(self.summary, rich_text_lines(self.narrative), self.declared_note),
                *(set_anchor("acciones", passage) for passage in reported),
                set_anchor("pruebas", join_texts(*list_block_texts(self.evidence))),
            ],
            day=self.period_end,
        )
