"""Base form of pages with inline rows of figures."""

from __future__ import annotations

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseModelFormSet

from .base import BasePageForm


class RowsForm(BasePageForm):
    """A page form with access to the forms of its rows."""

    @property
    def rows(self) -> BaseModelFormSet | None:
        """Return the row formset, if the form edits the rows."""
        return self.formsets.get("rows")

    @property
    def row_forms(self) -> list[forms.ModelForm]:
        """Return the forms of the rows."""
        return list(self.rows.forms) if self.rows is not None else []

    def set_required_messages(self, messages: dict[str, str]) -> None:
        """Set the error message of each of these fields when it is empty."""
        for name in messages.keys() & self.fields.keys():
            self.fields[name].error_messages["required"] = messages[name]


def is_deleted(row: forms.ModelForm) -> bool:
    """Check that a validated row is marked for deletion."""
    return bool(row.cleaned_data.get(DELETION_FIELD_NAME))
