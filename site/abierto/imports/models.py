"""Batches of an importer and the versions of pages that they made."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from abierto.media.storage import private_storage, random_name
from abierto.tenancy.models import Space

from .batches import Batch


def batch_path(batch: ImportBatch, filename: str) -> str:
    """Return a random storage name; migrations refer to this function."""
    return random_name("imports", filename)


class ImportBatch(Batch):
    """A spreadsheet for a page of a space: checked, loaded as drafts, and undone as a whole."""

    kind = models.CharField(_("qué trae"), max_length=20)
    space = models.ForeignKey(Space, verbose_name=_("espacio"), on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(Page, verbose_name=_("para"), on_delete=models.CASCADE, related_name="+")
    # Deleted when the batch is loaded, refused or discarded: it holds what was not approved.
    sheet = models.FileField(_("hoja"), upload_to=batch_path, storage=private_storage, blank=True)
    # Rows of ``Change.as_dict``, the first ``MOST_SHOWN``; ``change_count`` has all.
    changes = models.JSONField(_("cambios"), default=list, blank=True)
    change_count = models.PositiveIntegerField(_("número de cambios"), default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("lote de importación")
        verbose_name_plural = _("lotes de importación")

    def delete_files(self) -> None:
        """Delete the spreadsheet, after the commit of the caller's transaction."""
        if self.sheet:
            self.sheet.delete(save=False)


class ImportedVersion(models.Model):
    """A version that a batch made of a page, and the one before it; a page without one is new."""

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("lote"), on_delete=models.CASCADE, related_name="versions"
    )
    row = models.PositiveIntegerField(_("renglón"))
    page = models.ForeignKey(Page, verbose_name=_("página"), on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(
        Revision, verbose_name=_("versión"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    before = models.ForeignKey(
        Revision, verbose_name=_("versión anterior"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_new = models.BooleanField(_("es nueva"), default=False)

    class Meta:
        ordering = ["page__path"]
        verbose_name = _("versión de un lote")
        verbose_name_plural = _("versiones de los lotes")
        constraints = [
            models.UniqueConstraint(fields=["batch", "page"], name="imports_one_version_of_a_page")
        ]

    def __str__(self) -> str:
        return f"{self.batch}: {self.page}"
