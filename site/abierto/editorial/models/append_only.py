"""Rows that are added and read, never changed nor removed. The database's triggers hold the same."""

from typing import Any, NoReturn, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models

Row = TypeVar("Row", bound=models.Model, covariant=True)

REFUSAL = "This record is append-only."


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows that are read and added, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise PermissionDenied(REFUSAL)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise PermissionDenied(REFUSAL)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise PermissionDenied(REFUSAL)


class AppendOnly(models.Model):
    """A row of such a record."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to change one that is there."""
        if not self._state.adding:
            raise PermissionDenied(REFUSAL)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise PermissionDenied(REFUSAL)
