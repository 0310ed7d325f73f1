"""SHA-256 of files, read in chunks."""

import hashlib

from django.core.files.base import File
from django.core.files.storage import Storage


def hash_file(file: File) -> str:
    """Return the SHA-256 of an open file and rewind it."""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def hash_stored_file(storage: Storage, name: str) -> str | None:
    """Return the SHA-256 of a stored file; None if it is missing."""
    if not storage.exists(name):
        return None
    with storage.open(name) as file:
        return hash_file(file)
