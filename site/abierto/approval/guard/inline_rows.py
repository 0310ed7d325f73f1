"""Guard of inline rows: written and deleted only together with their page."""

from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey

from abierto.approval.errors import NotApproved
from abierto.approval.ledger.imports import current_import

from .checks import is_being_saved


def find_parental_key(model: type[models.Model]) -> Any:
    """Return the field by which an inline row belongs to its page."""
    return next(field for field in model._meta.fields if isinstance(field, ParentalKey))


def check_row_write(row: models.Model) -> None:
    """Refuse to save a row of a live page on its own."""
    if not _is_saved_with_page(row):
        _refuse_if_live(row, "written")


def check_row_delete(row: models.Model, origin: Any) -> None:
    """Refuse to delete a row of a live page, except together with the page."""
    model = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if issubclass(model, type(row)) and not _is_saved_with_page(row):
        _refuse_if_live(row, "deleted")


def _is_saved_with_page(row: models.Model) -> bool:
    field = find_parental_key(type(row))
    return current_import() is not None or is_being_saved(field.related_model, getattr(row, field.attname))


def _refuse_if_live(row: models.Model, done: str) -> None:
    field = find_parental_key(type(row))
    owners = {getattr(row, field.attname)}
    if row.pk is not None:
        # Moving a row to a draft would take it from the live page it is on.
        owners |= set(type(row)._base_manager.filter(pk=row.pk).values_list(field.attname, flat=True))
    if field.related_model._base_manager.filter(pk__in=owners, live=True).exists():
        raise NotApproved(f"{row!r} belongs to public content and is {done} only with the whole of it.")
