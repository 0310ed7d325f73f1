"""In which municipality a page is."""

from __future__ import annotations

from wagtail.models import Page


def find_municipality_name(page: Page, *, inclusive: bool = False) -> str:
    """Return the name of the public municipality in whose microsite a page is; empty at the state."""
    microsites = Page.objects.ancestor_of(page, inclusive=inclusive).filter(
        micrositepage__municipality__live=True
    )
    found: str | None = microsites.values_list("micrositepage__municipality__name", flat=True).first()
    return found or ""
