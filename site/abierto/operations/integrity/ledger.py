"""Whether the ledgers, and the versions that they name, are what the program wrote."""

from collections.abc import Iterator

from abierto.editorial.ledger.audit import (
    CHANGED,
    CUT,
    INSERTED,
    MISSING,
    rewritten_versions,
    tampered_ledgers,
    vanished,
)

from .findings import Finding

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
}
PROBLEMS = {
    CHANGED: "El renglón {number} de {ledger} no es el que se escribió, o falta el anterior.",
    MISSING: "Falta el renglón {number} de {ledger}.",
    INSERTED: "El renglón {number} de {ledger} no lo escribió el programa.",
    CUT: "A {ledger} le falta el final, o alguien lo cambió.",
}


def broken_ledgers() -> Iterator[Finding]:
    """Yield the rows of the ledgers that were edited, removed or added by hand."""
    for found in tampered_ledgers():
        sentence = PROBLEMS[found.problem].format(number=found.number, ledger=LEDGERS[found.ledger])
        yield Finding(sentence, FIX_LEDGER)


def versions_rewritten() -> Iterator[Finding]:
    """Yield versions that are or were public and whose content is not what was approved."""
    for revision in rewritten_versions():
        yield Finding(
            f"La versión {revision.pk} de «{revision.object_str}» ya no dice lo que se aprobó.", FIX_VERSION
        )


def withdrawn_by_hand() -> Iterator[Finding]:
    """Yield content that is no longer public without a withdrawal in the ledger."""
    for found in vanished():
        how = "dejó de ser pública" if found.exists else "ya no existe"
        yield Finding(
            f"«{found.title}» ({found.model} {found.pk}) {how} sin que conste su retiro.", FIX_VANISHED
        )
