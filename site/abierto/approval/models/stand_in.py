"""In whose place a decision of the ledger was taken."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from abierto.approval.ledger.links import Exported, export_stand_in

from .append_only import AppendOnly, AppendOnlyQuerySet
from .approval import Approval


class StandIn(AppendOnly):
    """The absent reviewer for whom a deputy approved.

    A table of its own: a new column in the ledger would change the export of every earlier row.
    """

    ledger = "stand_ins"

    approval = models.ForeignKey(
        Approval, verbose_name=_("aprobación"), on_delete=models.PROTECT, related_name="stand_ins"
    )
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("en lugar de"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("suplencia")
        verbose_name_plural = _("suplencias")
        constraints = [
            models.UniqueConstraint(fields=["approval", "absent"], name="approval_stand_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.approval_id}: {self.absent_id}"

    def exported(self) -> Exported:
        """Return the row as files and links spell it."""
        return export_stand_in(self)
