"""Ninety days, and not one more."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from .models import QueryNote
from .sessions import forget_old_keys

KEPT_DAYS = 90


def oldest_retained_day() -> datetime.date:
    """The oldest day of which notes may be kept."""
    return timezone.localdate() - datetime.timedelta(days=KEPT_DAYS)


def overdue() -> QuerySet[QueryNote]:
    """The notes that should be gone."""
    return QueryNote.objects.filter(day__lt=oldest_retained_day())


def delete_expired() -> int:
    """Remove what is overdue and the keys of other days; how many notes went."""
    forget_old_keys(timezone.localdate())
    removed, _by_model = overdue().delete()
    return removed
