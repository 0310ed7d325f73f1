"""The editing form of a progress update."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pages.base import BasePageForm


class ProgressUpdateForm(BasePageForm):
    """Adds to the page's own form: one row for each action of the commitment, no more and no less."""

    def clean(self) -> dict[str, Any]:
        """Refuse two rows for one action and a row for an action of another commitment."""
        cleaned = super().clean()
        formset = self.formsets.get("rows") if hasattr(self, "formsets") else None
        commitment = self.instance.parent
        if formset is None or commitment is None:
            return cleaned
        known = set(commitment.specific.actions.values_list("translation_key", flat=True))
        seen: set[Any] = set()
        for form in formset.forms:
            if form in formset.deleted_forms or (not form.has_changed() and form.instance.pk is None):
                continue
            self._check_row(form, known, seen)
        return cleaned

    def _check_row(self, form: forms.ModelForm, known: set[Any], seen: set[Any]) -> None:
        key = getattr(form, "cleaned_data", {}).get("action_key")
        if key is None:
            return
        if key not in known:
            form.add_error("action_key", _("Esa acción no es de este compromiso. Elige otra."))
        elif key in seen:
            form.add_error("action_key", _("Esta acción ya tiene una fila. Deja solo una."))
        seen.add(key)
