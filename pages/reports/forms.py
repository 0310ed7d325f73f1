"""The editing form of a report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pages.core.forms import RowsForm, is_deleted
from pages.plans.models import find_plan

from .rules import find_unexplained_rows, no_figures_error

EDITABLE = ("declared", "stage", "note")
"""The columns of a figure that a user edits; the others are copied from the plan or computed."""


class ReportForm(RowsForm):
    """The page form, which proposes the figures once and recomputes the computed ones on every save."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_required_messages(
            {
                "period_start": _("Escribe el primer día del periodo."),
                "period_end": _("Escribe el último día del periodo."),
                "cutoff": _("Escribe hasta qué día cuentan los avances."),
            }
        )
        if self.instance.live:
            for row in self.row_forms:
                for name in EDITABLE:
                    row.fields[name].widget.attrs["readonly"] = True

    def clean(self) -> dict[str, Any]:
        """Refuse figures of another plan, changes to public figures, and differences without a note."""
        cleaned = super().clean()
        if self.rows is None:
            return cleaned
        self.rows.full_clean()
        if any(is_deleted(row) or row.instance.key is None for row in self.row_forms):
            self.add_error(
                None, _("Las cifras salen del plan: no se agregan ni se quitan. Recarga la página.")
            )
        elif self.instance.live:
            self._refuse_changes()
        else:
            self._refuse_another_cutoff()
            if not self.is_deferred_validation:
                self._require_notes()
        return cleaned

    def _refuse_changes(self) -> None:
        """Refuse changes to the figures of a public report and restore them."""
        for row in self.row_forms:
            for name in EDITABLE:
                before, after = row.initial.get(name), row.cleaned_data.get(name)
                if _without_line_ends(before) != _without_line_ends(after):
                    row.add_error(
                        name,
                        _("Las cifras públicas no cambian. Déjala como estaba y agrega una fe de erratas."),
                    )
                # Browsers send other line ends; that is no change.
                setattr(row.instance, name, before)

    def _refuse_another_cutoff(self) -> None:
        if self.row_forms and "cutoff" in self.changed_data and self.initial.get("cutoff"):
            self.add_error(
                "cutoff", _("Las cifras se propusieron para otro corte. Para este, prepara otro informe.")
            )

    def _require_notes(self) -> None:
        """Require a note where the declared figure differs from the computed one."""
        if not self.row_forms:
            self.add_error(None, no_figures_error())
        plan = find_plan(self.instance) if self.instance.path else self.instance.parent
        if plan is None or not all(row.is_valid() for row in self.row_forms):
            return
        forms = {row.instance.key: row for row in self.row_forms}
        for figure, message in find_unexplained_rows(
            [row.instance for row in self.row_forms], plan.specific.rules
        ):
            forms[figure.key].add_error("note", message)

    def complete_rows(self, page: Any) -> None:
        page.propose_figures()


def _without_line_ends(value: Any) -> Any:
    return "\n".join(value.splitlines()).strip() if isinstance(value, str) else value
