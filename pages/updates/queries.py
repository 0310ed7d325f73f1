"""Querysets of pages annotated with the period of an update."""

from django.db.models import OuterRef, Subquery

from .models import ProgressUpdatePage


def annotate_update_periods(path: str) -> dict[str, Subquery]:
    """Return annotations for rows with the tree path of a page in ``path``; null for other page types."""
    own = ProgressUpdatePage.objects.filter(path=OuterRef(path))
    return {name: Subquery(own.values(name)[:1]) for name in ("period_start", "period_end")}
