"""Hashes of public objects as the program last wrote them."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from abierto.approval.ledger.links import Exported, export_place, export_public_record

from .append_only import AppendOnly, AppendOnlyQuerySet
from .approval import Approval

OBJECT_ID_LENGTH = 150


class PublicRecordQuerySet(AppendOnlyQuerySet["PublicRecord"]):
    def latest_of(self, model: str) -> dict[str, "PublicRecord"]:
        """Return the last record of each object of one kind, by its key."""
        last = self.filter(model=model).order_by().values("object_id").annotate(last=models.Max("pk"))
        rows = self.filter(pk__in=last.values("last"))
        return {row.object_id: row for row in rows.iterator()}


class PublicRecord(AppendOnly):
    """The hashes of one public object, field by field, after one change made by the application.

    ``manage.py integrity`` compares the last record with the present: a difference was made by hand.
    """

    ledger = "public"

    # A model's label, or the name of something that is no row, such as the bytes of a file.
    model = models.CharField(_("qué es"), max_length=100)
    object_id = models.CharField(_("clave"), max_length=OBJECT_ID_LENGTH)
    title = models.CharField(_("título"), max_length=255, blank=True)
    prints = models.JSONField(_("huellas"), default=dict)
    is_gone = models.BooleanField(_("se quitó"), default=False)
    by_number = models.PositiveBigIntegerField(_("número de quien lo hizo"), null=True, blank=True)
    reason = models.TextField(_("motivo"), blank=True)
    created_at = models.DateTimeField(_("fecha"), default=timezone.now, editable=False)

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("registro de algo público")
        verbose_name_plural = _("registros de lo público")
        indexes = [models.Index(fields=["model", "object_id", "-id"], name="approval_public_record")]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"

    def exported(self) -> Exported:
        """Return the record as files and links spell it."""
        return export_public_record(self)


class WithdrawnFrom(AppendOnly):
    """The place of a withdrawn page. Plain numbers: the row outlives the page.

    A table of its own: a new column in the ledger would change the export of every earlier row.
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
        indexes = [models.Index(fields=["page_number"], name="approval_withdrawn_from")]

    def __str__(self) -> str:
        return f"{self.approval_id}: {self.page_number or '-'}"

    def exported(self) -> Exported:
        """Return the row as files and links spell it."""
        return export_place(self)
