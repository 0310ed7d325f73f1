"""The editing form of a commitment."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any
from uuid import UUID

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _
from wagtail.admin.panels import HelpPanel

from abierto.registry.models import InstitutionSpace
from pages.core.base import BasePageForm
from pages.matrices.fields import IndicatorField
from pages.matrices.models import MatrixRow
from pages.matrices.queries import find_indicators

from .hand_over import describe_hand_over
from .rules import find_reported_actions


class CommitmentForm(BasePageForm):
    """The page form, which refuses to remove an action with reported progress."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance if self.instance.path else self.parent_page
        rows = list(find_indicators(page)) if page is not None else []
        if "indicator_key" in self.fields:
            own = self.fields["indicator_key"]
            self.fields["indicator_key"] = build_indicator_field(own, rows, {self.instance.indicator_key})
        formset = self.formsets.get("actions")
        if formset is not None:
            # The empty form that scripts copy offers the same choices: the class is replaced, not each form.
            stored = {action.indicator_key for action in self.instance.actions.all()}
            own = formset.form.base_fields["indicator_key"]
            choice = build_indicator_field(own, rows, stored)
            formset.form = type(formset.form.__name__, (formset.form,), {"indicator_key": choice})
            formset.__dict__.pop("forms", None)

    def clean(self) -> dict[str, Any]:
        """Refuse to remove an action with reported progress; the error is on its row."""
        cleaned = super().clean()
        formset = self.formsets.get("actions")
        if formset is None:
            return cleaned
        formset.full_clean()
        dropped = {
            row.instance.translation_key: row
            for row in formset.forms
            if row.instance.pk is not None and formset._should_delete_form(row)
        }
        for key in find_reported_actions(dropped):
            undo_deletion(dropped[key])
            dropped[key].add_error(
                "title",
                _("La acción %(number)s ya tiene avance reportado. No la borres: edítala o déjala.")
                % {"number": dropped[key].instance.number},
            )
        return cleaned


def build_indicator_field(
    field: forms.Field, rows: Iterable[MatrixRow], stored: Iterable[UUID | None]
) -> IndicatorField:
    """Return the field to choose an indicator, which replaces the input of its key.

    One that was ``stored`` and is no longer public stays selected until an editor changes it.
    """
    choices = {str(row.translation_key): f"{row.get_level_display()}: {row}" for row in rows}
    for key in stored:
        if key is not None:
            choices.setdefault(str(key), _("Un indicador que ya no es público"))
    return IndicatorField(
        label=field.label,
        help_text=field.help_text,
        choices=[("", _("Ninguno")), *choices.items()],
    )


def undo_deletion(row: forms.ModelForm) -> None:
    """Restore a removed row with its submitted values."""
    data: Any = copy(row.data)
    data[row.add_prefix(DELETION_FIELD_NAME)] = ""
    row.data = data
    row.cleaned_data[DELETION_FIELD_NAME] = False


class HandOverPanel(HelpPanel):
    """The panel that describes which space will report on the commitment, from the saved draft."""

    class BoundPanel(HelpPanel.BoundPanel):
        """Adds the institutions with a space, and the effect of publishing the draft."""

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            links = InstitutionSpace.objects.order_by("institution__name")
            context["with_space"] = list(links.values_list("institution__name", flat=True))
            context["effect"] = describe_hand_over(self.instance) if self.instance.path else ""
            return context
