"""The ruling lists, batches and counts that an account may use."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from abierto.accounts.models import User
from abierto.tenancy.access import own_pages, spaces_of
from abierto.tenancy.models import Space
from pages.rulings.index import RulingIndexPage

from .models import MonthlyCount, RulingBatch


def edited_spaces(user: User) -> list[Space]:
    """Return the spaces of which ``user`` is an editor: only they load rulings, not the state team."""
    groups = set(user.groups.values_list("pk", flat=True))
    return [space for space in spaces_of(user) if space.editors_id in groups]


def lists_of_tribunals() -> QuerySet[Any]:
    """Return the lists of tribunals in the source language, public or not."""
    return RulingIndexPage.objects.source_language().filter(tribunal__isnull=False)


def loadable_lists(user: User) -> QuerySet[Any]:
    """Return the lists of tribunals in the source language whose space ``user`` edits."""
    return lists_of_tribunals().filter(own_pages(edited_spaces(user))).order_by("title", "pk")


def own_batches(user: User) -> QuerySet[RulingBatch]:
    """Return the batches of the spaces of ``user``; the state team sees none of others."""
    return RulingBatch.objects.filter(space__in=[space.pk for space in spaces_of(user)])


def own_counts(user: User) -> QuerySet[MonthlyCount]:
    """Return the monthly counts of the spaces of ``user``."""
    return MonthlyCount.objects.filter(space__in=[space.pk for space in spaces_of(user)])
