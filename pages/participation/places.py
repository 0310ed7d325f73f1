"""Find the municipality in whose microsite a page is."""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail.models import Page

from abierto.registry.models import Municipality


def find_municipalities_above(page: Page, *, inclusive: bool = False) -> QuerySet[Municipality]:
    """Return the municipality of the microsite above a page; an empty queryset outside microsites."""
    above = Page.objects.ancestor_of(page, inclusive=inclusive).filter(micrositepage__isnull=False)
    return Municipality.objects.filter(pk__in=above.values("micrositepage__municipality"))


def find_municipality_name(page: Page, *, inclusive: bool = False) -> str:
    """Return the name of the public municipality of the microsite above a page; empty outside microsites."""
    public = find_municipalities_above(page, inclusive=inclusive).filter(live=True)
    found: str | None = public.values_list("name", flat=True).first()
    return found or ""
