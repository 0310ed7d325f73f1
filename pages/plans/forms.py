"""The editing form of a commitment."""

from copy import copy
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

from pages.core.base import BasePageForm

from .rules import reported_actions


class CommitmentForm(BasePageForm):
    """The page form, which refuses to remove an action with reported progress."""

    def clean(self) -> dict[str, Any]:
        """Refuse to drop an action that has reported progress, on the very row."""
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
        for key in reported_actions(dropped):
            undo_deletion(dropped[key])
            dropped[key].add_error(
                "title",
                _("La acción %(number)s ya tiene avance reportado. No la borres: edítala o déjala.")
                % {"number": dropped[key].instance.number},
            )
        return cleaned


def undo_deletion(row: forms.ModelForm) -> None:
    """Restore a removed row with its submitted values."""
    data: Any = copy(row.data)
    data[row.add_prefix(DELETION_FIELD_NAME)] = ""
    row.data = data
    row.cleaned_data[DELETION_FIELD_NAME] = False
