"""Integrity checks of files on disk against their rows."""

from collections.abc import Iterator
from itertools import chain

from django.apps import apps
from django.core.files.storage import Storage, storages
from django.db.models import FileField
from wagtail.users.models import UserProfile

from abierto.media.hashing import hash_stored_file
from abierto.media.models import PortalDocument, PortalImage, PortalRendition
from abierto.media.storage import private_storage

from .findings import IntegrityFinding

FIX_MISSING = "Recupera el archivo de un respaldo, o borra la ficha y súbelo otra vez."
FIX_UNKNOWN = "Revísalo y bórralo si nadie lo reclama: quedó de una subida que no terminó."

FIX_RENDITION = "Bórrala: manage.py wagtail_update_image_renditions la hace otra vez del original."
FIX_PUBLIC = "Bórralo: cualquiera puede abrirlo y el programa no lo puso ahí."

AT_ONCE = 500
PUBLIC = (PortalRendition, UserProfile)
"""The models whose files are public; the files of all other models are private."""


def find_rows_without_file() -> Iterator[IntegrityFinding]:
    """Yield images and documents whose file is missing or empty."""
    storage = private_storage()
    for row in chain(PortalImage.objects.order_by("pk"), PortalDocument.objects.order_by("pk")):
        if not storage.exists(row.file.name):
            yield IntegrityFinding(f"El archivo de «{row.title}» no está en el disco.", FIX_MISSING)
        elif storage.size(row.file.name) == 0:
            yield IntegrityFinding(f"El archivo de «{row.title}» está vacío.", FIX_MISSING)


def find_files_without_row() -> Iterator[IntegrityFinding]:
    """Yield private files without a row."""
    for name in private_files_without_row():
        yield IntegrityFinding(f"El archivo {name} no es de ninguna ficha.", FIX_UNKNOWN)


def private_files_without_row() -> Iterator[str]:
    """Yield the names of the private files without a row."""
    fields = ((model, field) for model in apps.get_models() for field in model._meta.local_fields)
    known = {
        name
        for model, field in fields
        if isinstance(field, FileField) and model not in PUBLIC
        for name in model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
    }
    yield from (name for name in iter_file_names(private_storage()) if name not in known)


def find_wrong_renditions() -> Iterator[IntegrityFinding]:
    """Yield renditions whose file is missing or has another hash."""
    renditions = PortalRendition.objects.select_related("image").order_by("pk")
    for rendition in renditions.iterator(chunk_size=AT_ONCE):
        digest = hash_stored_file(rendition.file.storage, rendition.file.name)
        name = f"La versión {rendition.file.name} de «{rendition.image.title}»"
        if digest is None:
            yield IntegrityFinding(f"{name} no está en el disco.", FIX_RENDITION)
        elif not rendition.sha256:
            yield IntegrityFinding(f"{name}: sin huella registrada.", FIX_RENDITION)
        elif digest != rendition.sha256:
            yield IntegrityFinding(f"{name} no es la que se hizo del original.", FIX_RENDITION)


def find_public_files_without_row() -> Iterator[IntegrityFinding]:
    """Yield public files that are neither renditions nor avatars."""
    for name in public_files_without_row():
        yield IntegrityFinding(f"El archivo público {name} no es de ninguna imagen.", FIX_PUBLIC)


def public_files_without_row() -> Iterator[str]:
    """Yield the names of the public files without a row."""
    known = {
        *PortalRendition.objects.values_list("file", flat=True),
        *UserProfile.objects.exclude(avatar="").values_list("avatar", flat=True),
    }
    yield from (name for name in iter_file_names(storages["default"]) if name not in known)


def iter_file_names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the names of all files in a storage, or in one of its folders."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + file for file in sorted(files))
    for inner in sorted(folders):
        yield from iter_file_names(storage, prefix + inner)
