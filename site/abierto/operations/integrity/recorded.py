"""Whether public things without revisions are as the program last recorded them."""

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

from .findings import Finding

FIX_UNRECORDED = "Si no debe estar, quítalo. Si está bien: manage.py ledger record --reason «por qué»"
FIX_CHANGED = "Revisa quién lo cambió. Corrígelo en el administrador y guárdalo: así consta."
FIX_GONE = "Recupéralo de un respaldo, o hazlo otra vez en el administrador."
FIX_BYTES = "Recupera el archivo de un respaldo. Si no hay, quítalo de la página y sube uno nuevo."
FIX_PLACEMENT = "Recupera la página de un respaldo, o retírala y publícala otra vez con su aprobación."

#: What has no column of its own to be called by.
LABELS = {
    "parent": "de qué página cuelga",
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


def changed_rows() -> Iterator[Finding]:
    """Yield redirects, sites, settings, restrictions, spaces and reviews that are not as recorded."""
    for recorded in RECORDED_MODELS:
        yield from _findings(recorded, find_row_differences(recorded))


def changed_names() -> Iterator[Finding]:
    """Yield people whom the public reads under another name or post than recorded."""
    yield from _findings(ACCOUNT_NAMES, find_name_differences())


def changed_files() -> Iterator[Finding]:
    """Yield files whose bytes or words are not those that were approved."""
    for recorded in FILES:
        yield from _findings(recorded, find_file_differences(recorded))


def changed_placement() -> Iterator[Finding]:
    """Yield public pages that are elsewhere, or say another date, than when they were published."""
    for found in find_placement_differences():
        name = f"«{found.title}» (página {found.key})"
        if found.status is RecordStatus.UNRECORDED:
            yield Finding(
                f"{name} es pública sin huella registrada: no consta su publicación.", FIX_UNRECORDED
            )
        else:
            yield Finding(f"{name} cambió por fuera: {_names(Page, found.fields)}.", FIX_PLACEMENT)


def _findings(recorded: RecordedModel, differences: Iterable[Difference]) -> Iterator[Finding]:
    for found in differences:
        name = f"{recorded.label} «{found.title}» ({recorded.name} {found.key})"
        name = name[0].upper() + name[1:]
        if found.status is RecordStatus.UNRECORDED:
            what = " (el contenido)" if found.fields == ("bytes",) else ""
            yield Finding(f"{name}: sin huella registrada{what}. No consta quién lo hizo.", FIX_UNRECORDED)
        elif found.status is RecordStatus.GONE:
            yield Finding(f"{name}: ya no existe y no consta quién lo quitó.", FIX_GONE)
        else:
            fix = FIX_BYTES if found.fields == ("bytes",) else FIX_CHANGED
            yield Finding(f"{name} cambió por fuera: {_names(recorded.model, found.fields)}.", fix)


def _names(model: type, fields: Iterable[str]) -> str:
    return ", ".join(LABELS.get(name) or field_label(model, name) for name in fields)
