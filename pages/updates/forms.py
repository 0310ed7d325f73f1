"""The editing form of a progress update."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockField, ChoiceBlock, StreamValue
from wagtail.blocks.struct_block import BlockGroup

from abierto.text import visible_text
from blocks.base import PortalStreamBlock
from blocks.evidence import EvidenceBlock
from pages.core.base import BasePage
from pages.core.forms import RowsForm, is_deleted
from pages.matrices.display import IndicatorView
from pages.matrices.fields import MeasurementMixin
from pages.matrices.queries import read_indicators
from pages.plans.commitments import CommitmentPage

from .action_context import ActionContext, PromisedProof, build_action_contexts
from .rules import action_error, missing_actions_error, missing_value_error, unexplained_difference_error


class ProgressUpdateForm(RowsForm):
    """The page form, with one row for each action of the commitment, no more and no less."""

    def __init__(self, data: Any = None, *args: Any, parent_page: Any = None, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        commitment = _find_commitment(instance, parent_page)
        if instance is not None and commitment is not None and data is None:
            instance.add_missing_rows(commitment)
        super().__init__(data, *args, parent_page=parent_page, **kwargs)
        self.commitment = commitment
        self.action_contexts: dict[UUID, ActionContext] = (
            build_action_contexts(commitment) if commitment else {}
        )
        self.indicators: dict[UUID, UUID | None] = {
            action.translation_key: action.indicator_key
            for action in (commitment.actions.all() if commitment else ())
        }
        self._prepare_fields()

    def _prepare_fields(self) -> None:
        self.set_required_messages(
            {
                "period_start": gettext("Escribe el primer día del periodo."),
                "period_end": gettext("Escribe el último día del periodo."),
            }
        )
        if "evidence" in self.fields:
            hide_means(self, "evidence")
        if self.commitment is not None:
            hide_measurement(self, self.commitment.indicator_key)
            name_own_indicator(self, self.commitment.indicator_key)
        for row in self.row_forms:
            key = _action_key(row)
            hide_measurement(row, self.indicators.get(key) if key else None)
            row.action_context = self.action_contexts.get(key) if key else None  # type: ignore[attr-defined]
            offer_means(row, "evidence", row.action_context.proofs if row.action_context else ())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse two rows for one action, a row of another commitment, and missing figures."""
        cleaned = super().clean()
        if self.rows is None or self.commitment is None:
            return cleaned
        self.rows.full_clean()
        remaining = [row for row in self.row_forms if not is_deleted(row)]
        seen: set[UUID] = set()
        for row in remaining:
            self._check_action(row, seen)
            _check_stage(row)
        if not self.is_deferred_validation:
            self._require_complete_rows(self.commitment, remaining, seen)
        return cleaned

    def _check_action(self, row: forms.ModelForm, seen: set[UUID]) -> None:
        key = row.cleaned_data.get("action_key")
        if key is None:
            return
        error = action_error(key, self.action_contexts, seen)
        if error:
            row.add_error("action_key", error)
        seen.add(key)

    def _require_complete_rows(
        self, commitment: CommitmentPage, remaining: list[forms.ModelForm], seen: set[UUID]
    ) -> None:
        """Require the values that may be empty in a draft only."""
        for row in remaining:
            if row.is_valid():
                _check_has_value(row)
        missing = missing_actions_error(self.action_contexts, seen)
        if missing:
            self.add_error(None, missing)
        if all(row.is_valid() for row in remaining) and "declared" in self.cleaned_data:
            sentence = unexplained_difference_error(
                commitment,
                [row.instance for row in remaining],
                self.cleaned_data["declared"],
                self.cleaned_data.get("declared_note", ""),
            )
            if sentence:
                self.add_error("declared_note", sentence)

    def complete_rows(self, page: Any) -> None:
        """Give a row to each action that has none, and name the indicators of the rows."""
        if self.commitment is not None:
            page.add_missing_rows(self.commitment)
            page.name_indicators(self.commitment)


def _find_commitment(update: BasePage | None, parent_page: Any) -> CommitmentPage | None:
    """Return the parent commitment of ``update``, also before it is saved."""
    parent = parent_page or (update.parent if update is not None else None)
    return parent.specific if parent is not None else None


def _action_key(row: forms.ModelForm) -> UUID | None:
    """Return the key of the action of a row, as stored or as submitted."""
    value = row.instance.action_key or row["action_key"].value()
    try:
        return value if value is None or isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None


def _check_stage(row: forms.ModelForm) -> None:
    """Refuse a stage without visible characters; the form field itself strips spaces to an empty value."""
    stage = row.data.get(row.add_prefix("stage")) or ""
    if stage and not visible_text(stage):
        row.add_error("stage", _("Escribe en qué etapa va la acción, o deja el campo vacío."))


def _check_has_value(row: forms.ModelForm) -> None:
    values = row.cleaned_data
    error = missing_value_error(values.get("percent"), values.get("stage") or "", values.get("note") or "")
    if error:
        row.add_error("percent", error)


def hide_measurement(form: forms.ModelForm, indicator: UUID | None) -> None:
    """Remove the fields of a measured value if there is neither an indicator nor a value to correct."""
    if indicator is None and form.instance.measured is None:
        for name in MeasurementMixin.measurement_fields & form.fields.keys():
            del form.fields[name]


def name_own_indicator(form: forms.ModelForm, indicator: UUID | None) -> None:
    """Describe the indicator of the commitment in the help text of its value."""
    row = read_indicators([indicator]).get(indicator) if indicator is not None else None
    if row is not None and "measured" in form.fields:
        form.fields["measured"].help_text = IndicatorView(row, None).describe()


FIELDS = ["title", "kind", "url", "document", "published_on", "description"]


def offer_means(form: forms.ModelForm, name: str, proofs: Iterable[PromisedProof]) -> None:
    """Offer ``proofs`` as choices of the evidence field ``name`` of ``form``, or none of them."""
    choices = {proof.key: proof.text for proof in proofs}
    value: StreamValue = getattr(form.instance, name)
    for block in value:
        # A removed promise stays selected until an editor changes it.
        key = block.value.get("means_key")
        if key and key not in choices:
            choices[key] = str(_("Una prueba que ya no está en el compromiso"))
    _replace_evidence_field(form, name, _evidence_block(list(choices.items())))


def hide_means(form: forms.ModelForm, name: str) -> None:
    """Hide the choice of a promised proof: evidence of the whole commitment belongs to no action."""
    _replace_evidence_field(form, name, _evidence_block([]))


def _evidence_block(choices: list[tuple[str, str]]) -> EvidenceBlock:
    """Return the block with a list to choose from; with nothing to choose the list is not shown."""
    chooser = ChoiceBlock(
        label=_("Prueba prometida que cumple"),
        choices=[("", _("Ninguna en particular")), *choices],
        required=False,
        search_index=False,
        help_text=_("Las que el plan prometió para esta acción. Sin elegirla, seguirá pendiente."),
    )
    return EvidenceBlock(
        local_blocks=[("means_key", chooser)],
        form_layout=BlockGroup(children=["means_key", *FIELDS] if choices else FIELDS),
    )


def _replace_evidence_field(form: forms.ModelForm, name: str, evidence: EvidenceBlock) -> None:
    field = form.fields[name]
    block = PortalStreamBlock([("evidence", evidence)], required=False)
    form.fields[name] = BlockField(
        block, required=field.required, label=field.label, help_text=field.help_text
    )
    value: StreamValue = getattr(form.instance, name)
    form.initial[name] = block.to_python(value.get_prep_value())
