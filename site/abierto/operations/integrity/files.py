"""Whether every row has its file and every file its row."""

from collections.abc import Iterator
from itertools import chain

from django.core.files.storage import Storage

from abierto.media.models import PortalDocument, PortalImage
from abierto.media.storage import private_storage

from .findings import Finding

FIX_MISSING = "Recupera el archivo de un respaldo, o borra la ficha y súbelo otra vez."
FIX_UNKNOWN = "Revísalo y bórralo si nadie lo reclama: quedó de una subida que no terminó."

FOLDERS = ("documents", "original_images")


def rows_without_file() -> Iterator[Finding]:
    """Yield images and documents whose file is not there, or empty."""
    storage = private_storage()
    for row in chain(PortalImage.objects.order_by("pk"), PortalDocument.objects.order_by("pk")):
        if not storage.exists(row.file.name):
            yield Finding(f"El archivo de «{row.title}» no está en el disco.", FIX_MISSING)
        elif storage.size(row.file.name) == 0:
            yield Finding(f"El archivo de «{row.title}» está vacío.", FIX_MISSING)


def files_without_row() -> Iterator[Finding]:
    """Yield files that belong to no image and no document."""
    storage = private_storage()
    known = {
        *PortalImage.objects.values_list("file", flat=True),
        *PortalDocument.objects.values_list("file", flat=True),
    }
    for folder in FOLDERS:
        for name in _names(storage, folder):
            if f"{folder}/{name}" not in known:
                yield Finding(f"El archivo {folder}/{name} no es de ninguna ficha.", FIX_UNKNOWN)


def _names(storage: Storage, folder: str) -> list[str]:
    return sorted(storage.listdir(folder)[1]) if storage.exists(folder) else []
