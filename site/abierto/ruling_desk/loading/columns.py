"""The columns of the spreadsheet of rulings."""

from __future__ import annotations

from django.utils.translation import gettext as _

from abierto.registry.enums import PriorityGroup
from abierto.spreadsheets.rows import Column
from pages.rulings.enums import Finality, Matter, RulingOutcome

MOST_ROWS = 500
SHEET_TITLE = "Sentencias"
#: The texts of the plain version, by field.
PLAIN_FIELDS = ("what_happened", "what_was_decided", "why", "what_next", "what_to_do")


def build_columns() -> tuple[Column, ...]:
    """Return the columns, in the language of the portal."""
    several = _("Varios, separados por punto y coma.")
    return (
        Column("case_number", _("Expediente"), True, _("Como lo escribe el tribunal."), "TJA-12/2024"),
        Column("title", _("Título"), True, _("De qué trata, en una frase."), "La multa no decía por qué"),
        Column("decided_on", _("Fecha"), True, _("El día de la sentencia: día/mes/año."), "14/02/2024"),
        Column("matter", _("Materia"), True, list_values(Matter), str(Matter.ADMINISTRATIVE.label)),
        Column("proceeding", _("Tipo de juicio"), False, "", "Juicio de nulidad"),
        Column("outcome", _("Resultado"), True, list_values(RulingOutcome), str(RulingOutcome.GRANTED.label)),
        Column("decision", _("Qué se decidió, en una frase"), False, _("Encabeza la página.")),
        Column("topics", _("Temas"), False, several, "multa; tránsito"),
        Column("provisions", _("Artículos que aplica"), False, several),
        Column("gender", _("Con perspectiva de género"), False, _("Sí o No.")),
        Column(
            "groups", _("Grupos de atención prioritaria"), False, f"{several} {list_values(PriorityGroup)}"
        ),
        Column("chamber", _("Sala o juzgado"), False, _("Su nombre en el registro de instituciones.")),
        Column("finality", _("¿Es firme?"), False, list_values(Finality)),
        Column("finality_date", _("Desde cuándo"), False, _("Día/mes/año.")),
        Column("finality_reason", _("Por qué cambió"), False, _("En una oración.")),
        Column("changed_by", _("La cambió el expediente"), False, _("De esta hoja o ya cargado.")),
        Column("cites", _("Cita los expedientes"), False, several),
        Column("original_url", _("Dirección original"), False, _("Donde la publica el tribunal.")),
        Column("file", _("Archivo"), False, _("El nombre de su PDF o DOCX en el ZIP."), "12-2024.pdf"),
        Column("anonymized_by", _("Anonimizada por"), False, _("El correo de su cuenta en este portal.")),
        Column("names_reviewed_by", _("Nombres revisados por"), False, _("El correo de quien la aprobará.")),
        Column("what_happened", _("Qué pasó"), False, _("Versión en lenguaje claro.")),
        Column("what_was_decided", _("Qué se decidió"), False, _("Versión en lenguaje claro.")),
        Column("why", _("Por qué"), False, _("Versión en lenguaje claro.")),
        Column("what_next", _("Qué sigue"), False, _("Versión en lenguaje claro.")),
        Column("what_to_do", _("Qué pueden hacer las partes"), False, _("Versión en lenguaje claro.")),
    )


def list_values(choices: type[Matter | RulingOutcome | Finality | PriorityGroup]) -> str:
    """Return the labels of a closed list in one sentence."""
    return _("Uno de estos: %(values)s.") % {"values": ", ".join(str(label) for label in choices.labels)}
