"""The sheets of the workbook of a plan."""

from __future__ import annotations

from django.utils.translation import gettext as _

from abierto.spreadsheets.rows import SEPARATOR, Sheet, SheetColumn
from blocks.evidence import MeansCadence, MeansKind
from pages.plans.commitments import CommitmentPage
from pages.plans.enums import PartyRole
from pages.plans.inlines import CommitmentAction
from pages.plans.models import AxisPage

from .cells import describe_choices, describe_fields

AXIS_FIELDS = ("title", "summary", "justification", "objective", "expected_effect")
COMMITMENT_FIELDS = (
    "title", "official_name", "summary", "official_text", "problem", "objective", "citizen_purpose",
    "relevance", "start", "end", "cadence_months", "sdg_note",
)  # fmt: skip
ACTION_FIELDS = ("title", "text", "official_text", "deliverable", "weight", "start", "end")
PARTY_FIELDS = ("post", "valid_from", "valid_until")


def build_sheets() -> dict[str, Sheet]:
    """Return the sheets by the name of their content, in the order in which they are read."""
    commitment = SheetColumn("commitment", _("Compromiso"), True, _("Su clave en el plan."), "1.1")
    target = SheetColumn("target", _("Meta de los ODS"), True, _("Como en la lista oficial."), "16.6")
    return {
        "axes": Sheet(_("Ejes"), build_axis_columns()),
        "commitments": Sheet(_("Compromisos"), build_commitment_columns()),
        "actions": Sheet(_("Acciones"), (commitment, *build_action_columns())),
        "parties": Sheet(_("Partes"), (commitment, *build_party_columns())),
        "targets": Sheet(_("Metas"), (commitment, target)),
    }


def build_axis_columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn("code", _("Clave"), True, _("El número del eje."), "1"),
        SheetColumn("title", _("Título"), True, "", "Datos abiertos"),
        *describe_fields(AxisPage, AXIS_FIELDS[1:]),
    )


def build_commitment_columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn("axis", _("Eje"), True, _("La clave de su eje."), "1"),
        SheetColumn("code", _("Clave"), True, _("Única dentro del plan."), "1.1"),
        SheetColumn("title", _("Título ciudadano"), True, _("60 caracteres como mucho."), "Abrir datos"),
        *describe_fields(CommitmentPage, COMMITMENT_FIELDS[1:]),
    )


def build_action_columns() -> tuple[SheetColumn, ...]:
    means = _("Lo que se prometió mostrar. Varios, separados por punto y coma.")
    return (
        SheetColumn("number", _("Número"), True, _("Dentro del compromiso."), "1"),
        SheetColumn("title", _("Título"), True, "", "Publicar el padrón"),
        *describe_fields(CommitmentAction, ACTION_FIELDS[1:]),
        SheetColumn("means", _("Medios de verificación"), False, means, "Informe publicado; Minuta"),
    )


def build_party_columns() -> tuple[SheetColumn, ...]:
    day = _("Día/mes/año.")
    return (
        SheetColumn("role", _("Papel"), False, describe_choices(PartyRole)),
        SheetColumn("institution", _("Institución"), True, _("Su nombre o sus siglas en el registro.")),
        SheetColumn("person", _("Persona"), False, _("Su nombre en el registro.")),
        SheetColumn("post", _("Cargo"), False),
        SheetColumn("valid_from", _("Desde"), False, day),
        SheetColumn("valid_until", _("Hasta"), False, day),
    )


def write_means(action: CommitmentAction) -> str:
    """Return the texts of the means of verification of an action as one cell."""
    return f"{SEPARATOR} ".join(block.value["text"] for block in action.means)


def set_means(action: CommitmentAction, texts: list[str]) -> None:
    """Set the means of verification of an action; known texts keep their blocks, and with them their ids."""
    known = {child["value"]["text"]: child for child in action.means.get_prep_value()}
    action.means = [
        known.get(text)
        or {
            "type": "means",
            "value": {
                "text": text,
                "kind": MeansKind.PUBLICATION.value,
                "cadence": MeansCadence.UNKNOWN.value,
            },
        }
        for text in texts
    ]
