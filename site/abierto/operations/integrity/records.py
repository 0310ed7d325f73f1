"""Integrity checks of public objects without revisions against their records."""

from collections.abc import Iterable, Iterator

from wagtail.models import Page

from abierto.approval.records.comparison import (
    Difference,
    RecordStatus,
    field_label,
    find_file_differences,
    find_name_differences,
    find_placement_differences,
    find_row_differences,
)
from abierto.approval.records.fields import ACCOUNT_NAMES, FILES, RECORDED_MODELS, RecordedModel

from .findings import IntegrityFinding

FIX_UNRECORDED = "Si no debe estar, quítalo. Si está bien: manage.py ledger record --reason «por qué»"
FIX_CHANGED = "Revisa quién lo cambió. Corrígelo en el administrador y guárdalo: así consta."
FIX_GONE = "Recupéralo de un respaldo, o hazlo otra vez en el administrador."
FIX_BYTES = "Recupera el archivo de un respaldo. Si no hay, quítalo de la página y sube uno nuevo."
FIX_PLACEMENT = "Recupera la página de un respaldo, o retírala y publícala otra vez con su aprobación."

#: Labels of recorded values that are no model field.
LABELS = {
    "parent": "de qué página cuelga",
    "parent_collection": "de qué colección cuelga",
    "collection": "su colección",
    "first_published_at": "cuándo se publicó por primera vez",
    "last_published_at": "cuándo se publicó",
    "alias_of": "qué página repite",
    "translation_key": "de qué página es traducción",
    "locale": "su idioma",
    "content_type": "su tipo",
    "members": "quiénes están",
    "permissions": "qué pueden hacer",
    "groups": "los grupos",
    "bytes": "el contenido del archivo",
}


def find_changed_rows() -> Iterator[IntegrityFinding]:
    """Yield redirects, sites, settings, restrictions, spaces and workflows that differ from their record."""
    for recorded in RECORDED_MODELS:
        yield from _to_findings(recorded, find_row_differences(recorded))


def find_changed_names() -> Iterator[IntegrityFinding]:
    """Yield users whose public name or post differs from the record."""
    yield from _to_findings(ACCOUNT_NAMES, find_name_differences())


def find_changed_files() -> Iterator[IntegrityFinding]:
    """Yield files whose bytes or public fields differ from the record."""
    for recorded in FILES:
        yield from _to_findings(recorded, find_file_differences(recorded))


def find_changed_placement() -> Iterator[IntegrityFinding]:
    """Yield public pages whose position or dates differ from their publication."""
    for found in find_placement_differences():
        name = f"«{found.title}» (página {found.key})"
        if found.status is RecordStatus.UNRECORDED:
            yield IntegrityFinding(
                f"{name} es pública sin huella registrada: no consta su publicación.", FIX_UNRECORDED
            )
        else:
            yield IntegrityFinding(
                f"{name} cambió por fuera: {_join_labels(Page, found.fields)}.", FIX_PLACEMENT
            )


def _to_findings(recorded: RecordedModel, differences: Iterable[Difference]) -> Iterator[IntegrityFinding]:
    for found in differences:
        name = f"{recorded.label} «{found.title}» ({recorded.name} {found.key})"
        name = name[0].upper() + name[1:]
        if found.status is RecordStatus.UNRECORDED:
            what = " (el contenido)" if found.fields == ("bytes",) else ""
            yield IntegrityFinding(
                f"{name}: sin huella registrada{what}. No consta quién lo hizo.", FIX_UNRECORDED
            )
        elif found.status is RecordStatus.GONE:
            yield IntegrityFinding(f"{name}: ya no existe y no consta quién lo quitó.", FIX_GONE)
        else:
            fix = FIX_BYTES if found.fields == ("bytes",) else FIX_CHANGED
            yield IntegrityFinding(
                f"{name} cambió por fuera: {_join_labels(recorded.model, found.fields)}.", fix
            )


def _join_labels(model: type, fields: Iterable[str]) -> str:
    return ", ".join(LABELS.get(name) or field_label(model, name) for name in fields)
