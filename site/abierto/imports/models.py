"""Batches of imports, and the revisions of pages and registry rows that they created."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
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
    """A spreadsheet for a page of a space, or for the space: checked, loaded as drafts, undone as a whole."""

    kind = models.CharField(_("qué trae"), max_length=20)
    space = models.ForeignKey(Space, verbose_name=_("espacio"), on_delete=models.CASCADE, related_name="+")
    # None: for all that the space has of a kind.
    target = models.ForeignKey(
        Page, verbose_name=_("para"), on_delete=models.CASCADE, related_name="+", null=True
    )
    # Deleted when the batch is loaded, refused or discarded: it holds what was not approved.
    sheet = models.FileField(_("hoja"), upload_to=batch_path, storage=private_storage, blank=True)
    # Rows of ``Change.as_dict``, the first ``MOST_SHOWN``; ``change_count`` has all.
    changes = models.JSONField(_("cambios"), default=list, blank=True)
    change_count = models.PositiveIntegerField(_("número de cambios"), default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("lote de importación")
        verbose_name_plural = _("lotes de importación")

    @property
    def target_title(self) -> str:
        """Return the title of the target page, else the name of the space."""
        return self.target.title if self.target is not None else self.space.name

    def delete_files(self) -> None:
        """Delete the spreadsheet, after the commit of the caller's transaction."""
        if self.sheet:
            self.sheet.delete(save=False)


class DraftVersion(models.Model):
    """A revision that a batch created, and the revision before it, which new objects do not have."""

    row = models.PositiveIntegerField(_("renglón"))
    revision = models.ForeignKey(
        Revision, verbose_name=_("versión"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    before = models.ForeignKey(
        Revision, verbose_name=_("versión anterior"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_new = models.BooleanField(_("es nueva"), default=False)

    class Meta:
        abstract = True


class ImportedVersion(DraftVersion):
    """A revision of a page that a batch created."""

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("lote"), on_delete=models.CASCADE, related_name="versions"
    )
    page = models.ForeignKey(Page, verbose_name=_("página"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["page__path"]
        verbose_name = _("versión de un lote")
        verbose_name_plural = _("versiones de los lotes")
        constraints = [
            models.UniqueConstraint(fields=["batch", "page"], name="imports_one_version_of_a_page")
        ]

    def __str__(self) -> str:
        return f"{self.batch}: {self.page}"

    @property
    def subject(self) -> Page:
        """Return the page, under the name that ``ImportedRow`` uses for its row."""
        return self.page

    @property
    def key(self) -> str:
        """The id of the page, as text."""
        return str(self.page_id)


class ImportedRow(DraftVersion):
    """A revision of a registry row that a batch created."""

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("lote"), on_delete=models.CASCADE, related_name="rows"
    )
    content_type = models.ForeignKey(
        ContentType, verbose_name=_("tipo de ficha"), on_delete=models.CASCADE, related_name="+"
    )
    # As text, like the keys of revisions.
    object_id = models.CharField(_("ficha"), max_length=255)
    subject: Any = GenericForeignKey("content_type", "object_id")

    class Meta:
        ordering = ["row", "pk"]
        verbose_name = _("ficha de un lote")
        verbose_name_plural = _("fichas de los lotes")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "content_type", "object_id"], name="imports_one_version_of_a_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch}: {self.subject}"

    @property
    def key(self) -> str:
        """The id of the row of the registry, as text."""
        return self.object_id
