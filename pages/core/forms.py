"""Base form of pages with inline rows that the program completes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseModelFormSet

from .base import BasePage, BasePageForm


class RowsForm(BasePageForm):
    """A page form that completes the rows of its page, with access to the forms of the rows «rows»."""

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

    def complete_rows(self, page: Any) -> None:
        """Add or compute the rows of ``page``, which is not saved yet."""
        raise NotImplementedError

    def save(self, commit: bool = True) -> BasePage:
        """Save the form, after completing the rows."""
        page: BasePage = super().save(commit=False)
        self.complete_rows(page)
        if commit:
            page.save()
            self._save_m2m()
        return page


def is_deleted(row: forms.ModelForm) -> bool:
    """Check that a validated row is marked for deletion."""
    return bool(row.cleaned_data.get(DELETION_FIELD_NAME))
