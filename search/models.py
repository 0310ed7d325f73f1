"""The outbox of the index: rows written with the page, in the same transaction."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .analytics.models import DayKey, QueryNote
from .promotions.models import PromotedResult

__all__ = ["DayKey", "Operation", "OutboxEntry", "PromotedResult", "QueryNote"]


class Operation(models.TextChoices):
    """The scope of a change. The action for each page is decided when the row is drained."""

    PAGE = "page", _("La página")
    TREE = "tree", _("La página y todo lo que cuelga de ella")


class OutboxEntry(models.Model):
    """One page, or branch, to index again."""

    seq = models.BigAutoField(primary_key=True)
    # Not a foreign key: the row outlives the page that it deletes from the index.
    page_id = models.BigIntegerField(_("página"))
    operation = models.CharField(_("alcance"), max_length=8, choices=Operation, default=Operation.PAGE)
    attempts = models.PositiveSmallIntegerField(_("intentos"), default=0)
    next_at = models.DateTimeField(_("siguiente intento"), default=timezone.now, db_index=True)
    error = models.TextField(_("último error"), blank=True)
    created_at = models.DateTimeField(_("creada"), auto_now_add=True)

    class Meta:
        ordering = ["seq"]
        verbose_name = _("cambio por indizar")
        verbose_name_plural = _("cambios por indizar")

    def __str__(self) -> str:
        return f"{self.seq}: {self.operation} {self.page_id}"
