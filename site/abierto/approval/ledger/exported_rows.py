"""The rows of each ledger as the exported file contains them: numbers and hashes, no names of people."""

from collections.abc import Callable, Iterator
from typing import Any

from abierto.approval.models import (
    AccountRecord,
    Approval,
    PublicRecord,
    StandIn,
    WarningConfirmation,
    WithdrawnFrom,
)
from abierto.approval.models.append_only import AppendOnly

DECISIONS = "decisions"
BATCH_SIZE = 1000

#: Each ledger with what its rows need to be read. A row that names no ledger in a file is a decision.
MODELS: dict[str, tuple[type[AppendOnly], tuple[str, ...]]] = {
    Approval.ledger: (Approval, ("content_type",)),
    AccountRecord.ledger: (AccountRecord, ()),
    StandIn.ledger: (StandIn, ("approval",)),
    WithdrawnFrom.ledger: (WithdrawnFrom, ("approval", "page_type")),
    PublicRecord.ledger: (PublicRecord, ()),
    WarningConfirmation.ledger: (WarningConfirmation, ("content_type",)),
}


def iter_exported_rows(ledger: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one ledger, the oldest first."""
    model, related = MODELS[ledger]
    rows = model._default_manager.order_by("pk")
    rows = rows.select_related(*related) if related else rows
    yield from (row.exported() for row in rows.iterator(chunk_size=BATCH_SIZE))


def iter_decisions() -> Iterator[dict[str, Any]]:
    """Yield the decisions about content, oldest first."""
    return iter_exported_rows(DECISIONS)


def _reader(ledger: str) -> Callable[[], Iterator[dict[str, Any]]]:
    return lambda: iter_exported_rows(ledger)


LEDGERS: dict[str, Callable[[], Iterator[dict[str, Any]]]] = {name: _reader(name) for name in MODELS}
