"""Import glossary terms: a row for each term, with its definition and its lay synonyms."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from abierto.registry.models import GlossaryTerm
from abierto.spreadsheets.rows import SEPARATOR, SheetColumn, SheetRow, heading_key
from abierto.text import remove_hidden

from .cells import Refuse, describe_fields, read_code
from .row_kinds import RowCheck, RowKind, RowMatcher


class GlossaryImportKind(RowKind):
    """Import glossary terms by name; a term that is not in the file is not changed."""

    name = "glosario"
    label = gettext_lazy("Términos del glosario")
    help_text = gettext_lazy("Un renglón por término, con su definición y las palabras de la gente.")
    model = GlossaryTerm
    value_fields = ("definition",)
    key_column = "term"

    def build_columns(self) -> tuple[SheetColumn, ...]:
        """Return the columns; the lay synonyms share one cell."""
        several = _("Varias, separadas por punto y coma. Quien las busque encuentra también el término.")
        return (
            SheetColumn("term", _("Término"), True, _("Como aparece en el glosario."), "Sobreseimiento"),
            *describe_fields(GlossaryTerm, ("definition",)),
            SheetColumn(
                "lay_synonyms", _("Palabras de la gente"), False, several, "cerrar el caso; archivar"
            ),
        )

    def read_row(self, subject: GlossaryTerm) -> dict[str, Any]:
        """Return the values of a term, with all lay synonyms in one cell."""
        words = f"{SEPARATOR} ".join(subject.synonyms)
        return {"term": subject.term, "definition": subject.definition, "lay_synonyms": words}

    def set_values(self, subject: GlossaryTerm, row: SheetRow, refuse_cell: Refuse) -> None:
        """Set the definition, and the lay synonyms one by line."""
        super().set_values(subject, row, refuse_cell)
        if row.has("lay_synonyms"):
            subject.lay_synonyms = "\n".join(remove_hidden(word) for word in row.values("lay_synonyms"))

    def start_check(self, check: RowCheck) -> RowMatcher:
        """Return the matcher by the normalized term."""
        return TermMatcher(check)


class TermMatcher(RowMatcher):
    """Find a term whatever the accents, case and punctuation of its cell."""

    def __init__(self, check: RowCheck) -> None:
        self.check = check
        self.terms: dict[str, GlossaryTerm] = {heading_key(row.term): row for row in check.rows}

    def match(self, row: SheetRow) -> GlossaryTerm | None:
        """Return the term of a row, or a new unsaved one."""
        text = remove_hidden(read_code(row, "term", self.check.refuse))
        if not text:
            return None
        new = GlossaryTerm(term=text, space=self.check.target.space)
        return self.terms.setdefault(heading_key(text), new)
