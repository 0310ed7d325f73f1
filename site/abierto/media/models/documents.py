"""Documents, served by a view that checks access."""

from pathlib import Path
from typing import Any

from django.db import models
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet

from abierto.media.storage import private_storage, random_name

from .base import OwnedFile, OwnedFileQuerySet

NAME_LENGTH = 120


def document_path(document: "PortalDocument", filename: str) -> str:
    """Return a random storage name; migrations refer to this function."""
    return random_name("documents", filename)


class PortalDocumentQuerySet(OwnedFileQuerySet, DocumentQuerySet):
    """Document queryset that keeps the space in line with the collection."""


class PortalDocument(OwnedFile, AbstractDocument):
    """A file to download. Its content never changes: a new version is a new document."""

    file = models.FileField(_("archivo"), upload_to=document_path, storage=private_storage)
    download_name = models.CharField(
        _("nombre al descargar"), max_length=NAME_LENGTH + 10, blank=True, editable=False
    )

    objects = PortalDocumentQuerySet.as_manager()

    #: An unsaved ``FileReading`` if the file was read before the document was saved.
    known_reading: Any = None

    admin_form_fields = ("title", "file", "collection", "tags")
    public_fields = ("file", "title", "download_name")
    search_fields = [*AbstractDocument.search_fields, *OwnedFile.space_search_fields]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("documento")
        verbose_name_plural = _("documentos")

    def clean(self) -> None:
        """Check the extension of the file, if there is one: the form has an error for a refused upload."""
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the original file name for downloads."""
        if self.file and not self.file._committed:  # type: ignore[attr-defined]
            self.download_name = sanitize_filename(self.file.name or "")
        self.set_space_from_collection()
        super().save(*args, **kwargs)

    @property
    def filename(self) -> str:
        """Return the download name, not the storage name."""
        return self.download_name or Path(self.file.name or "").name


def sanitize_filename(filename: str) -> str:
    """Return ``filename`` without path or control characters and cut to the field's length."""
    path = Path(get_valid_filename(Path(filename).name))
    return f"{path.stem[:NAME_LENGTH]}{path.suffix.lower()}"
