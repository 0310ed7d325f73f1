"""Storage of renditions (public folder) and of originals and documents (private folder).

``MEDIA_ROOT`` holds the renditions. Originals and documents are in a sibling folder without an address: even
a proxy that wrongly serves the whole of ``/media/`` does not expose them.
"""

from pathlib import Path
from typing import NoReturn
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateStorage(FileSystemStorage):
    """Storage of files that only a view may serve."""

    @property
    def base_location(self) -> str:
        """Read the setting on every access, so that tests can override it."""
        return str(Path(settings.MEDIA_ROOT).parent / "private")

    @property
    def location(self) -> str:
        return str(Path(self.base_location).resolve())

    def url(self, name: str | None) -> str:
        """Raise, so that Wagtail serves the file through its view."""
        return refuse_address()


def refuse_address() -> NoReturn:
    """Refuse to give a private file an address.

    Raises:
        NotImplementedError: always; Wagtail then serves the file through its view.
    """
    raise NotImplementedError("Private files have no address of their own.")


def private_storage() -> Storage:
    """Return the storage of originals and documents; migrations refer to this function."""
    return storages["private"]


def random_name(folder: str, filename: str) -> str:
    """Return a random name in ``folder`` with the extension of ``filename``."""
    return f"{folder}/{uuid4().hex}{Path(filename).suffix.lower()}"
