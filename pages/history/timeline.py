"""Order the decisions about a page into publications, withdrawals and republications.

Pure functions. Versions published before the last withdrawal are listed without their content: it
may be why the page was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from abierto.approval.ledger.trace import PUBLISHING_KINDS
from abierto.approval.models import ApprovalKind

HAS_OWN_VERSION = PUBLISHING_KINDS - {ApprovalKind.INHERITED}
"""An inherited decision names the version of another page."""


@dataclass(frozen=True)
class LedgerDecision:
    """The fields of a ledger row that the timeline needs."""

    number: int
    kind: ApprovalKind
    version: int | None


@dataclass(frozen=True)
class Moment:
    """One decision with its place in the timeline of the page."""

    number: int
    kind: ApprovalKind
    version: int | None
    is_first: bool = False
    is_return: bool = False
    # The previous publishing decision, if both versions may be shown.
    compared_with: int | None = None
    # Whether its content may not be shown any more.
    is_silent: bool = False

    @property
    def is_update(self) -> bool:
        """Check whether the version changed content that was already public."""
        return self.kind in PUBLISHING_KINDS and not self.is_first and not self.is_return


def build_timeline(decisions: Iterable[LedgerDecision]) -> dict[int, Moment]:
    """Return the moment of each of ``decisions``, which are given oldest first, by number."""
    rows = list(decisions)
    last_end = max((at for at, row in enumerate(rows) if row.kind == ApprovalKind.WITHDRAWN), default=-1)
    moments: dict[int, Moment] = {}
    was_public = is_public = False
    before: LedgerDecision | None = None
    for at, row in enumerate(rows):
        publishes, is_silent = row.kind in PUBLISHING_KINDS, at < last_end
        has_version = row.kind in HAS_OWN_VERSION and row.version is not None
        comparable = has_version and not is_silent and before is not None and before.version != row.version
        moments[row.number] = Moment(
            number=row.number,
            kind=row.kind,
            version=row.version,
            is_first=publishes and not was_public,
            is_return=publishes and was_public and not is_public,
            compared_with=before.number if before is not None and comparable else None,
            is_silent=publishes and is_silent,
        )
        if row.kind == ApprovalKind.WITHDRAWN:
            before, is_public = None, False
        elif publishes:
            before, was_public, is_public = (row if has_version else None), True, True
    return moments
