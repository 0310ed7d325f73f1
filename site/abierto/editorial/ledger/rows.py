"""The rows of the ledgers as their file tells them: numbers and fingerprints, no names of people."""

from collections.abc import Callable, Iterator
from typing import Any

from abierto.editorial.models import AccountRecord, Approval, StandIn, WithdrawnFrom

DECISIONS, ACCOUNTS = "decisions", "accounts"
STAND_INS, PLACES = "stand_ins", "places"
AT_ONCE = 1000


def decisions() -> Iterator[dict[str, Any]]:
    """Yield what was decided about content, the oldest first."""
    rows = Approval.objects.order_by("pk").select_related("content_type")
    yield from (decision(row) for row in rows.iterator(chunk_size=AT_ONCE))


def decision(row: Approval) -> dict[str, Any]:
    """Return one decision."""
    return {
        "number": row.pk,
        "kind": row.kind,
        "object": f"{row.content_type.app_label}.{row.content_type.model}:{row.object_id}",
        "title": row.title,
        "version": row.revision_number,
        "sha": row.sha,
        "reporter": row.reporter_id,
        "approver": row.approver_id,
        "authors": row.authors,
        "comment": row.comment,
        "on": row.created_at.isoformat(),
    }


def account_acts() -> Iterator[dict[str, Any]]:
    """Yield what was done to accounts, the oldest first."""
    rows = AccountRecord.objects.order_by("pk")
    yield from (account_act(row) for row in rows.iterator(chunk_size=AT_ONCE))


def account_act(row: AccountRecord) -> dict[str, Any]:
    """Return one act on an account; groups are named, because people are not."""
    return {
        "of": ACCOUNTS,
        "number": row.pk,
        "event": row.event,
        "account": row.account_number,
        "group": row.group_number,
        "group_name": row.group_name,
        "by": row.by_number,
        "on": row.created_at.isoformat(),
    }


def stand_ins() -> Iterator[dict[str, Any]]:
    """Yield in whose place decisions were taken, the oldest first."""
    rows = StandIn.objects.order_by("pk").select_related("approval")
    yield from (stand_in(row) for row in rows.iterator(chunk_size=AT_ONCE))


def stand_in(row: StandIn) -> dict[str, Any]:
    """Return in whose place one decision was taken."""
    return {
        "of": STAND_INS,
        "number": row.pk,
        "decision": row.approval_id,
        "absent": row.absent_id,
        "on": row.approval.created_at.isoformat(),
    }


def places() -> Iterator[dict[str, Any]]:
    """Yield where what was taken down had been, the oldest first."""
    rows = WithdrawnFrom.objects.order_by("pk").select_related("approval", "page_type")
    yield from (place(row) for row in rows.iterator(chunk_size=AT_ONCE))


def place(row: WithdrawnFrom) -> dict[str, Any]:
    """Return where one thing was that was taken down."""
    return {
        "of": PLACES,
        "number": row.pk,
        "decision": row.approval_id,
        "space": row.space_number,
        "page": row.page_number,
        "page_type": f"{row.page_type.app_label}.{row.page_type.model}" if row.page_type else "",
        "was_open": row.was_open,
        "on": row.approval.created_at.isoformat(),
    }


#: A row that does not say of which ledger it is, is a decision: so the first files were written.
LEDGERS: dict[str, Callable[[], Iterator[dict[str, Any]]]] = {
    DECISIONS: decisions,
    ACCOUNTS: account_acts,
    STAND_INS: stand_ins,
    PLACES: places,
}
