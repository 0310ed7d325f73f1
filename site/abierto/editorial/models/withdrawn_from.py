"""Where something public was when it was taken down: deleted, it cannot be asked any more."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from abierto.editorial.ledger.linking import Exported, export_place

from .append_only import AppendOnly, AppendOnlyQuerySet
from .approval import Approval


class WithdrawnFrom(AppendOnly):
    """The place of one withdrawal of the ledger. Plain numbers: the row outlives what it speaks of.

    Beside the ledger and not in it: a new column would change what was exported of every row before.
    """

    ledger = "places"

    approval = models.OneToOneField(
        Approval, verbose_name=_("retiro"), on_delete=models.PROTECT, related_name="withdrawn_from"
    )
    space_number = models.PositiveBigIntegerField(_("número de espacio"), null=True, blank=True)
    page_number = models.PositiveBigIntegerField(
        _("número de la página de la que colgaba"), null=True, blank=True
    )
    page_type = models.ForeignKey(
        ContentType,
        verbose_name=_("tipo de página"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    was_open = models.BooleanField(_("la podía abrir cualquiera"), default=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("lugar de un retiro")
        verbose_name_plural = _("lugares de los retiros")
        indexes = [models.Index(fields=["page_number"], name="editorial_withdrawn_from")]

    def __str__(self) -> str:
        return f"{self.approval_id}: {self.page_number or '-'}"

    def exported(self) -> Exported:
        """Return the row as files and links spell it."""
        return export_place(self)
