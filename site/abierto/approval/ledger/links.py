"""The hash chain of each ledger: a link covers a row and, through the link before it, all earlier rows.

Pure functions: migrations call them with historical rows, which have the fields and nothing else.
"""

import datetime
import hashlib
import json
from typing import Any

Exported = dict[str, Any]


def beginning(name: str) -> str:
    """Return the link before the first row of a chain."""
    return hashlib.sha256(name.encode()).hexdigest()


def link(previous: str, exported: Exported) -> str:
    """Return the link of one row, given the link of the row before it."""
    text = json.dumps(exported, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def utc(moment: datetime.datetime) -> str:
    """Format a moment in UTC, the same before saving and after reading back."""
    return moment.astimezone(datetime.UTC).isoformat()


def export_decision(row: Any) -> Exported:
    """Return one row of ``Approval`` in the format of exports and links."""
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
    """Return one row of ``PublicRecord``, with one hash of all its hashes."""
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


def export_confirmation(row: Any) -> Exported:
    """Return one row of ``WarningConfirmation``; exports leave the portal, so the finding is hashed."""
    found = json.dumps([row.place, row.kind, row.excerpt, row.fingerprint], separators=(",", ":"))
    return {
        "of": "confirmations",
        "number": row.pk,
        "object": f"{row.content_type.app_label}.{row.content_type.model}:{row.object_id}",
        "sha": row.sha,
        "found": hashlib.sha256(found.encode()).hexdigest(),
        "reason": row.reason,
        "by": row.confirmed_by_id,
        "on": utc(row.created_at),
    }
