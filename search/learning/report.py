"""Which questions found nothing, or nothing of use, in the last ninety days."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Q, QuerySet

from abierto.accounts.models import User
from abierto.tenancy.access import sees_everything, spaces_of
from search.learning.models import QueryNote
from search.learning.tidy import first_kept_day

NOTHING = Q(kind=QueryNote.Kind.ASKED, total=0)
VISIT = "session"  # of one day: its key is another the next
USELESS = Q(kind=QueryNote.Kind.USELESS)


def unanswered(user: User | AnonymousUser) -> QuerySet[QueryNote, Any]:
    """The questions that `user` may see, each with how many visits found nothing or said it was of no use.

    Visits are counted by day: the same person on two days is two, because nobody is known from day to day.
    """
    notes = QueryNote.objects.filter(NOTHING | USELESS, day__gte=first_kept_day())
    if not sees_everything(user):
        notes = notes.filter(space__in=[space.slug for space in spaces_of(user)])
    counted = notes.values("words", "locale", "space").annotate(
        nothing=Count(VISIT, filter=NOTHING, distinct=True),
        useless=Count(VISIT, filter=USELESS, distinct=True),
        visits=Count(VISIT, distinct=True),
        last=Max("day"),
    )
    return counted.order_by("-visits", "words", "locale", "space")
