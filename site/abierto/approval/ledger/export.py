"""Export of the ledger to a file whose rows are hash-chained.

One line of JSON for each row, with the hash of the line before; the last line has the number of rows and the
last hash. A user who stores that hash elsewhere (in print, at another institution) can detect rows that were
changed, added, removed or moved later.

Decisions about content, stand-ins, places of withdrawals, acts on accounts and records of public objects are
one chain, ordered by date. Files exported before some of these existed still verify.
"""

import heapq
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import links as linking
from .exported_rows import DECISIONS, LEDGERS
from .links import link

FORMAT = "abierto-ledger-3"
EARLIER_FORMATS = ("abierto-ledger-1", "abierto-ledger-2")

#: The rows of each ledger in the database that the file must still contain.
PendingRows = dict[str, Iterator[dict[str, Any]]]


class BrokenChain(Exception):
    """A ledger file that differs from the export; the message names the line."""


@dataclass(frozen=True)
class LedgerSeal:
    """The seal of an exported ledger: its number of rows and the hash of all of them."""

    rows: int
    head: str


def iter_rows() -> Iterator[dict[str, Any]]:
    """Yield every row of the database's ledgers, the oldest first."""
    return heapq.merge(*(read_rows() for read_rows in LEDGERS.values()), key=lambda row: str(row["on"]))


def chain_start(name: str = FORMAT) -> str:
    """Return the hash with which the chain of a format begins."""
    return linking.beginning(name)


def format_lines(exported: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of the file."""
    head, rows = chain_start(), 0
    yield _format_line({"format": FORMAT, "beginning": head})
    for row in exported:
        head, rows = link(head, row), rows + 1
        yield _format_line({"row": row, "link": head})
    yield _format_line({"rows": rows, "head": head})


def _format_line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n"


def export_ledger(target: Path) -> LedgerSeal:
    """Write the whole ledger to ``target`` atomically, and return its seal."""
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8") as file, transaction.atomic():
            last = ""
            for last in format_lines(iter_rows()):
                file.write(last)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    end = json.loads(last)
    return LedgerSeal(end["rows"], end["head"])


def verify_export(source: Path, *, against_database: bool = True, head: str = "") -> LedgerSeal:
    """Verify every link of the file at ``source``; with the database, first that it holds the same rows.

    Raises:
        BrokenChain: naming the first line that differs from what was exported.
    """
    pending = {of: read_rows() for of, read_rows in LEDGERS.items()} if against_database else None
    seal = _follow_chain(source, pending)
    if head and head != seal.head:
        raise BrokenChain(_("La huella final no es la que guardaste. El archivo es otro."))
    return seal


def _follow_chain(source: Path, pending: PendingRows | None) -> LedgerSeal:
    """Follow the chain from its beginning to its end."""
    head, rows, is_closed = "", 0, False
    with source.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            read = _parse_line(line, number)
            if number == 1:
                head = _read_header(read)
            elif "row" in read and not is_closed:
                head, rows = link(head, read["row"]), rows + 1
                _check_line(read.get("link") == head, number)
                _check_line(pending is None or _is_next(read["row"], pending), number)
            else:
                _check_line(not is_closed and read == {"rows": rows, "head": head}, number)
                is_closed = True
    if not is_closed:
        raise BrokenChain(_("Al archivo le falta el final."))
    return LedgerSeal(rows, head)


def _read_header(read: dict[str, Any]) -> str:
    """Return where the chain begins, if the first line is that of a format we know."""
    name = read.get("format")
    _check_line(name in (FORMAT, *EARLIER_FORMATS), 1)
    _check_line(read == {"format": name, "beginning": chain_start(str(name))}, 1)
    return chain_start(str(name))


def _is_next(row: Any, pending: PendingRows) -> bool:
    """Check whether a row of the file is the next of its ledger.

    Each ledger is followed by itself: what was written at the same instant may change places between them.
    """
    ledger = pending.get(row.get("of", DECISIONS)) if isinstance(row, dict) else None
    return ledger is not None and next(ledger, None) == row


def _parse_line(line: str, number: int) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except json.JSONDecodeError:
        read = None
    _check_line(isinstance(read, dict), number)
    return dict(read)


def _check_line(is_right: bool, number: int) -> None:
    if not is_right:
        raise BrokenChain(_("El renglón %(number)s no es el que se exportó.") % {"number": number})
