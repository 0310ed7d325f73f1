"""Batches of rulings from spreadsheets, and the declared numbers of rulings by month."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from abierto.imports.batches import Batch
from abierto.media.models import PortalDocument
from abierto.media.storage import private_storage, random_name
from abierto.tenancy.models import Space
from abierto.text import VisibleTextModel
from blocks.validators import validate_web_address
from pages.rulings.index import RulingIndexPage
from pages.rulings.rules import future_date_error


def batch_path(batch: RulingBatch, filename: str) -> str:
    """Return a random storage name; migrations refer to this function."""
    return random_name("ruling_batches", filename)


class RulingBatch(Batch):
    """A spreadsheet of rulings with its files, checked, loaded as drafts, and undone as a whole."""

    space = models.ForeignKey(Space, verbose_name=_("espacio"), on_delete=models.CASCADE, related_name="+")
    index = models.ForeignKey(
        RulingIndexPage, verbose_name=_("lista de sentencias"), on_delete=models.CASCADE, related_name="+"
    )
    # Deleted when the batch is loaded, refused or discarded: they hold what was not approved.
    sheet = models.FileField(_("hoja"), upload_to=batch_path, storage=private_storage, blank=True)
    archive = models.FileField(_("archivos"), upload_to=batch_path, storage=private_storage, blank=True)
    # File key → what ``media.reading.read_path`` found in it.
    readings = models.JSONField(_("lecturas"), default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("lote de sentencias")
        verbose_name_plural = _("lotes de sentencias")

    def delete_files(self) -> None:
        """Delete the spreadsheet and the archive, after the commit of the caller's transaction."""
        for field in (self.sheet, self.archive):
            if field:
                field.delete(save=False)
        self.readings = {}


class BatchPage(models.Model):
    """A page that a batch created, with its first revision and its document."""

    batch = models.ForeignKey(
        RulingBatch, verbose_name=_("lote"), on_delete=models.CASCADE, related_name="pages"
    )
    row = models.PositiveIntegerField(_("renglón"))
    page = models.ForeignKey(Page, verbose_name=_("página"), on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(
        Revision, verbose_name=_("versión"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    document = models.ForeignKey(
        PortalDocument, verbose_name=_("archivo"), on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["page__path"]
        verbose_name = _("página de un lote")
        verbose_name_plural = _("páginas de un lote")
        constraints = [models.UniqueConstraint(fields=["page"], name="ruling_desk_page_of_one_batch")]

    def __str__(self) -> str:
        return f"{self.batch}: {self.page}"


class MonthlyCount(VisibleTextModel):
    """The number of rulings that a tribunal declares for a month: the total for the coverage."""

    space = models.ForeignKey(Space, verbose_name=_("espacio"), on_delete=models.CASCADE, related_name="+")
    index = models.ForeignKey(
        RulingIndexPage, verbose_name=_("lista de sentencias"), on_delete=models.CASCADE, related_name="+"
    )
    month = models.DateField(_("mes"), help_text=_("Cualquier día del mes."))
    decided = models.PositiveIntegerField(
        _("resoluciones dictadas"), help_text=_("Todas las del mes, se publiquen o no.")
    )
    source = models.CharField(
        _("de dónde sale la cifra"),
        max_length=250,
        help_text=_("Por ejemplo: informe mensual de la Secretaría General."),
    )
    source_url = models.URLField(_("dirección"), blank=True, validators=[validate_web_address])
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("quien la declaró"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    declared_at = models.DateTimeField(_("declarada"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-month"]
        verbose_name = _("cuenta del mes")
        verbose_name_plural = _("cuentas por mes")
        constraints = [
            models.UniqueConstraint(
                fields=["index", "month"],
                name="ruling_desk_one_count_of_a_month",
                violation_error_message=_("Ese mes ya tiene su cuenta. Corrige la que existe."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.index}: {self.month:%Y-%m}"

    def clean(self) -> None:
        """Set the first day of the month; refuse a future month."""
        super().clean()
        if self.month is not None:
            message = future_date_error(self.month)
            if message:
                raise ValidationError({"month": message})
            self.month = self.month.replace(day=1)
