"""What the forms of pages with rows of figures share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME

from pages.figures.decimals import as_published

from .base import BasePageForm

if TYPE_CHECKING:
    from django.forms.models import BaseModelFormSet


class RowsForm(BasePageForm):
    """A page's own form that looks into the forms of its rows."""

    @property
    def rows(self) -> BaseModelFormSet | None:
        """The forms of the rows, where the page is edited with them."""
        return self.formsets.get("rows")

    @property
    def row_forms(self) -> list[forms.ModelForm]:
        """The form of each row."""
        return list(self.rows.forms) if self.rows is not None else []

    def ask_for(self, sentences: dict[str, str]) -> None:
        """Say in a sentence of its own what is missing in each of these fields."""
        for name in sentences.keys() & self.fields.keys():
            self.fields[name].error_messages["required"] = sentences[name]


def is_deleted(row: forms.ModelForm) -> bool:
    """Say whether somebody removed a row that was checked already."""
    return bool(row.cleaned_data.get(DELETION_FIELD_NAME))


def show_as_published(form: forms.ModelForm, name: str) -> None:
    """Show a figure as it was typed: 60, not 60.00."""
    if form.initial.get(name) is not None:
        form.initial[name] = as_published(form.initial[name])
