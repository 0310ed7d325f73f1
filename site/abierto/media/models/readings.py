"""The findings in a stored file and its text by pages, as a separate process has read them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from abierto.privacy.extraction.parts import FilePage
from abierto.privacy.findings import FindingLevel

from .documents import PortalDocument

FILE_NAME_LENGTH = 255


class ReadingState(models.TextChoices):
    """The state of a reading. Only a file that was read can be published."""

    PENDING = "pending", _("por leer")
    READ = "read", _("leído")
    REFUSED = "refused", _("no se puede leer")


class FileReading(models.Model):
    """The reading of one stored file of a document; a new file of the document gets a new reading."""

    document = models.ForeignKey(
        PortalDocument, verbose_name=_("documento"), on_delete=models.CASCADE, related_name="readings"
    )
    # Names in the storage are random, and their content never changes.
    file_name = models.CharField(_("archivo"), max_length=FILE_NAME_LENGTH)
    sha256 = models.CharField(_("huella del archivo"), max_length=64, blank=True)
    state = models.CharField(_("estado"), max_length=10, choices=ReadingState, default=ReadingState.PENDING)
    reason = models.CharField(_("por qué no se lee"), max_length=20, blank=True)
    notes = models.JSONField(_("notas"), default=list, blank=True)
    # Place, kind and first characters of each finding, never its whole text.
    findings = models.JSONField(_("hallazgos"), default=list, blank=True)
    claimed_at = models.DateTimeField(_("se empezó a leer"), null=True, blank=True)

    #: The running text of the file, stored with the row; None leaves the stored text as it is.
    pages: list[FilePage] | None = None

    class Meta:
        verbose_name = _("lectura de un archivo")
        verbose_name_plural = _("lecturas de archivos")
        constraints = [
            models.UniqueConstraint(fields=["document", "file_name"], name="media_one_reading_of_a_file"),
        ]
        indexes = [models.Index(fields=["sha256"], name="media_reading_by_content")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and store the running text unless the file has a finding that may never be public."""
        super().save(*args, **kwargs)
        if self.pages is not None:
            self._store_text(self.pages)

    save.alters_data = True  # type: ignore[attr-defined]

    @property
    def is_blocked(self) -> bool:
        """Check for a finding that may never be public."""
        return any(finding["level"] == FindingLevel.BLOCK for finding in self.findings)

    def _store_text(self, pages: list[FilePage]) -> None:
        if self.state != ReadingState.READ or self.is_blocked or not pages:
            FileText.objects.filter(reading=self).delete()
            return
        pairs = [(page.number, page.text) for page in pages]
        FileText.objects.update_or_create(reading=self, defaults={"pages": pairs})


class FileText(models.Model):
    """The running text of a file without findings that block: for readers and for the search.

    ``pages`` holds a pair for each page, its number or None and its text.
    """

    reading = models.OneToOneField(
        FileReading,
        verbose_name=_("lectura"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="text",
    )
    pages = models.JSONField(_("páginas"), default=list)

    class Meta:
        verbose_name = _("texto de un archivo")
        verbose_name_plural = _("textos de archivos")

    def __str__(self) -> str:
        return str(self.reading_id)
