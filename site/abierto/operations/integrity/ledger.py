"""Integrity checks of ledgers, approved versions and database triggers."""

from collections.abc import Iterator

from django.apps import apps
from wagtail.models import Page

from abierto.approval.guard.triggers import installation
from abierto.approval.ledger.audit import (
    CHANGED,
    CUT,
    INSERTED,
    MISSING,
    find_rewritten_revisions,
    find_tampered_rows,
    find_unapproved,
    find_vanished,
)
from abierto.approval.mixins import FourEyesMixin

from .findings import IntegrityFinding

FIX_LEDGER = (
    "Compara con tu última copia del libro (manage.py ledger verify ARCHIVO) y recupera la base de un "
    "respaldo anterior al cambio."
)
FIX_VERSION = "Recupera esa versión de un respaldo: la historia pública la muestra."
FIX_VANISHED = (
    "Si debía retirarse, publícala otra vez y retírala con su motivo; si no, recupérala de un respaldo."
)

LEDGERS = {
    "decisions": "el libro de aprobaciones",
    "accounts": "el registro de las cuentas",
    "stand_ins": "el registro de suplencias",
    "places": "el registro de retiros",
    "public": "el registro de lo público",
    "confirmations": "el registro de avisos confirmados",
}
PROBLEMS = {
    CHANGED: "El renglón {number} de {ledger} no es el que se escribió, o falta el anterior.",
    MISSING: "Falta el renglón {number} de {ledger}.",
    INSERTED: "El renglón {number} de {ledger} no lo escribió el programa.",
    CUT: "A {ledger} le falta el final, o alguien lo cambió.",
}


def find_broken_ledgers() -> Iterator[IntegrityFinding]:
    """Yield ledger rows that were changed, removed or added outside the application."""
    for found in find_tampered_rows():
        sentence = PROBLEMS[found.problem].format(number=found.number, ledger=LEDGERS[found.ledger])
        yield IntegrityFinding(sentence, FIX_LEDGER)


def find_rewritten_versions() -> Iterator[IntegrityFinding]:
    """Yield versions, public now or before, whose content is not the approved one."""
    for revision in find_rewritten_revisions():
        yield IntegrityFinding(
            f"La versión {revision.pk} de «{revision.object_str}» ya no dice lo que se aprobó.", FIX_VERSION
        )


def find_unrecorded_withdrawals() -> Iterator[IntegrityFinding]:
    """Yield content that is no longer public, without a withdrawal in the ledger."""
    for found in find_vanished():
        how = "dejó de ser pública" if found.exists else "ya no existe"
        yield IntegrityFinding(
            f"«{found.title}» ({found.model} {found.pk}) {how} sin que conste su retiro.", FIX_VANISHED
        )


FIX_TRIGGER = "Ejecuta: manage.py migrate"
FIX = "Retírala de lo público, revisa quién la cambió y pide su aprobación."


def find_unapproved_content() -> Iterator[IntegrityFinding]:
    """Yield live content whose current version was not approved."""
    for found in find_unapproved():
        yield IntegrityFinding(f"«{found.title}» ({found.model} {found.pk}) es pública sin aprobación.", FIX)


def find_unguarded_pages() -> Iterator[IntegrityFinding]:
    """Yield live pages of types without four eyes, such as Wagtail's welcome page."""
    guarded = [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and issubclass(model, FourEyesMixin) and not model._meta.proxy
    ]
    pages = Page.objects.live().filter(depth__gt=1).not_type(*guarded)
    for page in pages.order_by("path"):
        yield IntegrityFinding(
            f"«{page.title}» (página {page.pk}) es de un tipo que no pasa por revisión.", FIX
        )


def find_live_without_revision() -> Iterator[IntegrityFinding]:
    """Yield live pages without a live revision: an interrupted publication."""
    pages = Page.objects.live().filter(depth__gt=1, live_revision__isnull=True, alias_of__isnull=True)
    for page in pages.order_by("path"):
        yield IntegrityFinding(f"«{page.title}» (página {page.pk}) es pública y no dice en qué versión.", FIX)


def find_aliases_of_drafts() -> Iterator[IntegrityFinding]:
    for page in Page.objects.live().filter(alias_of__live=False).order_by("path"):
        yield IntegrityFinding(f"«{page.title}» (página {page.pk}) repite una página que no es pública.", FIX)


def find_missing_triggers() -> Iterator[IntegrityFinding]:
    """Yield guard triggers that are missing or changed in the database."""
    for name in installation.find_missing():
        yield IntegrityFinding(
            f"La base de datos no tiene el disparador {name}: nada la detendría.", FIX_TRIGGER
        )
