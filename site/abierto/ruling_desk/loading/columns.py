"""The columns of the spreadsheet of rulings, with their Spanish headings and help texts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from abierto.registry.enums import PriorityGroup
from abierto.spreadsheets.rows import SheetColumn
from pages.rulings.enums import Finality, Matter, RulingOutcome

MOST_ROWS = 500
SHEET_TITLE = "Sentencias"
#: Columns that are text fields of the plain version.
PLAIN_FIELDS = ("what_happened", "what_was_decided", "why", "what_next", "what_to_do")


def build_columns() -> tuple[SheetColumn, ...]:
    """Return the columns, in the language of the portal."""
    several = _("Varios, separados por punto y coma.")
    return (
        SheetColumn("case_number", _("Expediente"), True, _("Como lo escribe el tribunal."), "TJA-12/2024"),
        SheetColumn(
            "title", _("Título"), True, _("De qué trata, en una frase."), "La multa no decía por qué"
        ),
        SheetColumn("decided_on", _("Fecha"), True, _("El día de la sentencia: día/mes/año."), "14/02/2024"),
        SheetColumn("matter", _("Materia"), True, list_values(Matter), str(Matter.ADMINISTRATIVE.label)),
        SheetColumn("proceeding", _("Tipo de juicio"), False, "", "Juicio de nulidad"),
        SheetColumn(
            "outcome", _("Resultado"), True, list_values(RulingOutcome), str(RulingOutcome.GRANTED.label)
        ),
        SheetColumn("decision", _("Qué se decidió, en una frase"), False, _("Encabeza la página.")),
        SheetColumn("topics", _("Temas"), False, several, "multa; tránsito"),
        SheetColumn("provisions", _("Artículos que aplica"), False, several),
        SheetColumn("gender", _("Con perspectiva de género"), False, _("Sí o No.")),
        SheetColumn(
            "groups", _("Grupos de atención prioritaria"), False, f"{several} {list_values(PriorityGroup)}"
        ),
        SheetColumn("chamber", _("Sala o juzgado"), False, _("Su nombre en el registro de instituciones.")),
        SheetColumn("finality", _("¿Es firme?"), False, list_values(Finality)),
        SheetColumn("finality_date", _("Desde cuándo"), False, _("Día/mes/año.")),
        SheetColumn("finality_reason", _("Por qué cambió"), False, _("En una oración.")),
        SheetColumn("changed_by", _("La cambió el expediente"), False, _("De esta hoja o ya cargado.")),
        SheetColumn("cites", _("Cita los expedientes"), False, several),
        SheetColumn("original_url", _("Dirección original"), False, _("Donde la publica el tribunal.")),
        SheetColumn("file", _("Archivo"), False, _("El nombre de su PDF o DOCX en el ZIP."), "12-2024.pdf"),
        SheetColumn(
            "anonymized_by", _("Anonimizada por"), False, _("El correo de su cuenta en este portal.")
        ),
        SheetColumn(
            "names_reviewed_by", _("Nombres revisados por"), False, _("El correo de quien la aprobará.")
        ),
        SheetColumn("what_happened", _("Qué pasó"), False, _("Versión en lenguaje claro.")),
        SheetColumn("what_was_decided", _("Qué se decidió"), False, _("Versión en lenguaje claro.")),
        SheetColumn("why", _("Por qué"), False, _("Versión en lenguaje claro.")),
        SheetColumn("what_next", _("Qué sigue"), False, _("Versión en lenguaje claro.")),
        SheetColumn("what_to_do", _("Qué pueden hacer las partes"), False, _("Versión en lenguaje claro.")),
    )


def list_values(choices: type[Matter | RulingOutcome | Finality | PriorityGroup]) -> str:
    """Return a help text with the labels of a set of choices."""
    return _("Uno de estos: %(values)s.") % {"values": ", ".join(str(label) for label in choices.labels)}
