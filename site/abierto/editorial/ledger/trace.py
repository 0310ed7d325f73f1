"""The public trace: who reported, who approved, when, with what comment."""

import datetime
from dataclasses import dataclass

from django.db import models

from abierto.accounts.models import User
from abierto.editorial.models import Approval, Kind


@dataclass(frozen=True)
class TraceEntry:
    """One decision about a page, as the public reads it. Names are empty where nobody is known."""

    kind: Kind
    reporter: str
    approver: str
    on: datetime.datetime
    comment: str
    revision_number: int | None

    @property
    def label(self) -> str:
        """How the decision is called on screen."""
        return str(self.kind.label)


def public_trace(page: models.Model) -> list[TraceEntry]:
    """Return every decision about ``page``, the latest first. Two queries, whatever the page."""
    rows = Approval.objects.of(page).select_related("reporter", "approver")
    return [
        TraceEntry(
            kind=Kind(row.kind),
            reporter=public_name(row.reporter),
            approver=public_name(row.approver),
            on=row.created_at,
            comment=row.comment,
            revision_number=row.revision_number,
        )
        for row in rows
    ]


def public_name(user: User | None) -> str:
    """Return the name that the public sees of ``user``."""
    return user.public_name if user is not None else ""
