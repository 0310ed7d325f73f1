"""Delete query records after ninety days."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from .models import QueryNote
from .sessions import delete_old_keys

RETENTION_DAYS = 90


def oldest_retained_day() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=RETENTION_DAYS)


def expired_notes() -> QuerySet[QueryNote]:
    """Return the records that are past their retention."""
    return QueryNote.objects.filter(day__lt=oldest_retained_day())


def delete_expired() -> int:
    """Delete the records past their retention and the keys of other days; return how many records."""
    delete_old_keys(timezone.localdate())
    removed, _by_model = expired_notes().delete()
    return removed
