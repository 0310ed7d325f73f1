"""In whose place a decision of the ledger was taken."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from .approval import Approval


class StandInQuerySet(models.QuerySet["StandIn"]):
    """Rows that are read and added, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise PermissionDenied("The record of stand-ins is append-only.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise PermissionDenied("The record of stand-ins is append-only.")


class StandIn(models.Model):
    """The absent reviewer in whose place somebody approved.

    Beside the ledger and not in it: a new column would change what was exported of every row before.
    """

    approval = models.ForeignKey(
        Approval, verbose_name=_("aprobación"), on_delete=models.PROTECT, related_name="stand_ins"
    )
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("en lugar de"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = StandInQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("suplencia")
        verbose_name_plural = _("suplencias")
        constraints = [
            models.UniqueConstraint(fields=["approval", "absent"], name="editorial_stand_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.approval_id}: {self.absent_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to change one that is there."""
        if not self._state.adding:
            raise PermissionDenied("The record of stand-ins is append-only.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise PermissionDenied("The record of stand-ins is append-only.")
