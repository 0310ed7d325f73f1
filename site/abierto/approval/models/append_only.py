"""Append-only rows with the hash chain of their ledger. Database triggers enforce the same."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NoReturn, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from abierto.approval.ledger.links import Exported, beginning, link

Row = TypeVar("Row", bound=models.Model, covariant=True)

REFUSAL = "This record is append-only."


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows that are read and added, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise PermissionDenied(REFUSAL)

    def delete(self) -> NoReturn:
        raise PermissionDenied(REFUSAL)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
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
        """Add the row and its link; refuse to change an existing row."""
        if not self._state.adding:
            raise PermissionDenied(REFUSAL)
        with transaction.atomic(savepoint=False):
            super().save(*args, **{**kwargs, "force_insert": True})
            append_links(self.ledger, [self.exported()])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied(REFUSAL)

    def exported(self) -> Exported:
        """Return the row in the format of exports and links.

        Raises:
            NotImplementedError: in the abstract model.
        """
        raise NotImplementedError


class LedgerHead(models.Model):
    """The end of one ledger's chain. Appending locks the row: no two links have one predecessor."""

    ledger = models.CharField(_("libro"), max_length=20, primary_key=True)
    rows = models.PositiveBigIntegerField(_("renglones"), default=0)
    link = models.CharField(_("huella"), max_length=64)

    class Meta:
        verbose_name = _("final de un libro")
        verbose_name_plural = _("finales de los libros")

    def __str__(self) -> str:
        return f"{self.ledger}: {self.rows}"


class LedgerLink(models.Model):
    """The link of one row of a ledger."""

    ledger = models.CharField(_("libro"), max_length=20)
    number = models.PositiveBigIntegerField(_("renglón"))
    link = models.CharField(_("huella"), max_length=64)

    class Meta:
        verbose_name = _("eslabón de un libro")
        verbose_name_plural = _("eslabones de los libros")
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="approval_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse: links are added together with their rows.

        Raises:
            PermissionDenied: always.
        """
        raise PermissionDenied("Links are written with the rows they belong to.")


def append_links(ledger: str, exported: Sequence[Exported]) -> None:
    """Add the links of rows just inserted, in the transaction that inserted them."""
    head = LedgerHead.objects.select_for_update().filter(pk=ledger).first()
    if head is None:
        LedgerHead.objects.get_or_create(pk=ledger, defaults={"link": beginning(ledger)})
        head = LedgerHead.objects.select_for_update().get(pk=ledger)
    links, last = [], head.link
    for row in exported:
        last = link(last, row)
        links.append(LedgerLink(ledger=ledger, number=row["number"], link=last))
    LedgerLink.objects.bulk_create(links)
    LedgerHead.objects.filter(pk=ledger).update(rows=head.rows + len(links), link=last)
