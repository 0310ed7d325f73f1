"""The public part of a withdrawal: its reason and day, if all visitors could read the content before."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from wagtail.models import Page

from abierto.approval.models import Approval, ApprovalKind, WithdrawnFrom


@dataclass(frozen=True)
class PublicWithdrawal:
    """Why and when something that was public to all visitors was withdrawn."""

    reason: str
    day: datetime.date


def find_public_withdrawal(subject: models.Model) -> PublicWithdrawal | None:
    """Return why and when ``subject`` was withdrawn; None if it never was public to all visitors."""
    last: Approval | None = Approval.objects.of(subject).exclude(kind=ApprovalKind.STEP).first()
    if last is None or last.kind != ApprovalKind.WITHDRAWN:
        return None
    # A row of the registry has no restrictions; a page may have been behind a password.
    if isinstance(subject, Page) and not WithdrawnFrom.objects.filter(approval=last, was_open=True).exists():
        return None
    return PublicWithdrawal(last.comment, timezone.localdate(last.created_at))
