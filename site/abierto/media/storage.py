"""Where files lie: renditions, which a view hands out, and everything else, out of any web server's reach.

``MEDIA_ROOT`` holds the renditions. Originals and documents live beside it, in a folder that has no address:
even a proxy that maps the whole of ``/media/``, as none should, gives none of them away.
"""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateStorage(FileSystemStorage):
    """Files that only a view may hand out."""

    @property
    def base_location(self) -> str:
        """The folder beside the public one, asked each time so that the tests' own settings count."""
        return str(Path(settings.MEDIA_ROOT).parent / "private")

    @property
    def location(self) -> str:
        """The folder as an absolute path."""
        return str(Path(self.base_location).resolve())

    def url(self, name: str | None) -> str:
        """Refuse: these files have no address.

        Raises:
            NotImplementedError: always; Wagtail reads it as «serve this through the view».
        """
        raise NotImplementedError("Private files have no address of their own.")


def private_storage() -> Storage:
    """Return the storage of originals and documents; named by path in migrations."""
    return storages["private"]


def random_name(folder: str, filename: str) -> str:
    """Return a name in ``folder`` that says nothing and cannot be guessed, with the file's extension."""
    return f"{folder}/{uuid4().hex}{Path(filename).suffix.lower()}"
