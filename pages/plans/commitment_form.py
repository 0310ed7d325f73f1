"""The editing form of a commitment."""

from typing import Any

from django.utils.translation import gettext as _

from pages.base import BasePageForm

from .commitment_rules import reported_actions


class CommitmentForm(BasePageForm):
    """Adds to the page's own form: an action with reported progress stays."""

    def clean(self) -> dict[str, Any]:
        """Refuse to drop an action that has reported progress, on the very row."""
        cleaned = super().clean()
        formset = self.formsets.get("actions") if hasattr(self, "formsets") else None
        if formset is not None:
            dropped = {
                form.instance.translation_key: form
                for form in formset.deleted_forms
                if form.instance.pk is not None
            }
            for key in reported_actions(dropped):
                action = dropped[key].instance
                self.add_error(
                    None,
                    _("La acción %(number)s ya tiene avance reportado. No la borres: edítala o déjala.")
                    % {"number": action.number},
                )
        return cleaned
