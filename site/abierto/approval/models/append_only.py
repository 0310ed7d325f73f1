"""Rows that are added and read, never changed nor removed. The database's triggers hold the same."""

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from abierto.approval.ledger.links import Exported

from .links import append_links

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

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Add the rows and their links."""
        if kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            raise PermissionDenied(REFUSAL)
        with transaction.atomic(savepoint=False):
            rows = super().bulk_create(objs, *args, **kwargs)
            if rows:
                append_links(self.model.ledger, [row.exported() for row in rows])  # type: ignore[attr-defined]
        return rows


class AppendOnly(models.Model):
    """A row of a ledger."""

    ledger: ClassVar[str]
    """The name of the chain to which the rows belong."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row and its link; refuse to change one that is there."""
        if not self._state.adding:
            raise PermissionDenied(REFUSAL)
        with transaction.atomic(savepoint=False):
            super().save(*args, **{**kwargs, "force_insert": True})
            append_links(self.ledger, [self.exported()])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise PermissionDenied(REFUSAL)

    def exported(self) -> Exported:
        """Return the row as files and links spell it.

        Raises:
            NotImplementedError: in the abstract model.
        """
        raise NotImplementedError
