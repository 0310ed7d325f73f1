"""The hash chain of each ledger: a link covers a row and, through the link before it, all earlier rows.

Pure functions: migrations call them with historical rows, which have the fields and nothing else.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from abierto.approval.models import AccountRecord, Approval, PublicRecord, StandIn, WithdrawnFrom
from abierto.approval.models.append_only import AppendOnly

Exported = dict[str, Any]


def beginning(name: str) -> str:
    """Return the link that stands before the first row of a chain."""
    return hashlib.sha256(name.encode()).hexdigest()


def link(previous: str, exported: Exported) -> str:
    """Return the link of one row, given the link of the row before it."""
    text = json.dumps(exported, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def utc(moment: datetime.datetime) -> str:
    """Return the spelling of a moment that is the same before saving and after reading back."""
    return moment.astimezone(datetime.UTC).isoformat()


def export_decision(row: Any) -> Exported:
    """Return one row of ``Approval`` as files and links spell it."""
    return {
        "number": row.pk,
        "kind": str(row.kind),
        "object": f"{row.content_type.app_label}.{row.content_type.model}:{row.object_id}",
        "title": row.title,
        "version": row.revision_number,
        "sha": row.sha,
        "reporter": row.reporter_id,
        "approver": row.approver_id,
        "authors": row.authors,
        "comment": row.comment,
        "on": utc(row.created_at),
    }


def export_account_act(row: Any) -> Exported:
    """Return one row of ``AccountRecord``; groups are named, people are not."""
    return {
        "of": "accounts",
        "number": row.pk,
        "event": str(row.event),
        "account": row.account_number,
        "group": row.group_number,
        "group_name": row.group_name,
        "by": row.by_number,
        "on": utc(row.created_at),
    }


def export_stand_in(row: Any) -> Exported:
    """Return one row of ``StandIn``."""
    return {
        "of": "stand_ins",
        "number": row.pk,
        "decision": row.approval_id,
        "absent": row.absent_id,
        "on": utc(row.approval.created_at),
    }


def export_place(row: Any) -> Exported:
    """Return one row of ``WithdrawnFrom``."""
    return {
        "of": "places",
        "number": row.pk,
        "decision": row.approval_id,
        "space": row.space_number,
        "page": row.page_number,
        "page_type": f"{row.page_type.app_label}.{row.page_type.model}" if row.page_type else "",
        "was_open": row.was_open,
        "on": utc(row.approval.created_at),
    }


def export_public_record(row: Any) -> Exported:
    """Return one row of ``PublicRecord``, with one fingerprint of all its fingerprints."""
    prints = json.dumps(row.prints, sort_keys=True, separators=(",", ":"))
    return {
        "of": "public",
        "number": row.pk,
        "object": f"{row.model}:{row.object_id}",
        "sha": hashlib.sha256(prints.encode()).hexdigest(),
        "is_gone": row.is_gone,
        "by": row.by_number,
        "reason": row.reason,
        "on": utc(row.created_at),
    }


DECISIONS = "decisions"
AT_ONCE = 1000

#: Each ledger with what its rows need to be read. A row that names no ledger in a file is a decision.
MODELS: dict[str, tuple[type[AppendOnly], tuple[str, ...]]] = {
    Approval.ledger: (Approval, ("content_type",)),
    AccountRecord.ledger: (AccountRecord, ()),
    StandIn.ledger: (StandIn, ("approval",)),
    WithdrawnFrom.ledger: (WithdrawnFrom, ("approval", "page_type")),
    PublicRecord.ledger: (PublicRecord, ()),
}


def exported_rows(ledger: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one ledger, the oldest first."""
    model, related = MODELS[ledger]
    rows = model._default_manager.order_by("pk")
    rows = rows.select_related(*related) if related else rows
    yield from (row.exported() for row in rows.iterator(chunk_size=AT_ONCE))


def decisions() -> Iterator[dict[str, Any]]:
    """Yield what was decided about content, the oldest first."""
    return exported_rows(DECISIONS)


def _reader(ledger: str) -> Callable[[], Iterator[dict[str, Any]]]:
    return lambda: exported_rows(ledger)


LEDGERS: dict[str, Callable[[], Iterator[dict[str, Any]]]] = {name: _reader(name) for name in MODELS}
