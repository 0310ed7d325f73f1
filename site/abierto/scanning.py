"""Send uploads to a virus scanner (clamd) before anything stores them, if ``ABIERTO_CLAMD`` names one.

The protocol is clamd's ``INSTREAM``: the command, chunks that begin with their length, a chunk of length
zero, and one line of answer. The package ``clamd`` had its last release in 2014, and ``aioclamd`` is
only asynchronous.
"""

import logging
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

CHUNK_BYTES = 64 * 1024
LONGEST_ANSWER = 4096
TIMEOUT_SECONDS = 30.0
"""To connect, and for each part that is sent or received."""


class ScannerError(Exception):
    """The scanner does not answer, or could not read the file."""


def check_virus(upload: File) -> None:
    """Refuse a file in which the scanner finds something; without a scanner, accept any file.

    Raises:
        ValidationError: for an infected file, and, if ``ABIERTO_CLAMD_REQUIRED``, when the scanner is away.
    """
    if not settings.ABIERTO_CLAMD:
        return
    try:
        name = scan(upload)
    except ScannerError as error:
        logger.warning("The virus scanner did not read an upload: %s", error)
        if settings.ABIERTO_CLAMD_REQUIRED:
            raise ValidationError(
                _(
                    "Ahora no se puede revisar si el archivo tiene virus, así que no se guardó. Inténtalo en "
                    "unos minutos; si sigue igual, avisa a quien cuida el servidor."
                ),
                code="scanner",
            ) from error
        return
    if name:
        raise ValidationError(
            _("El archivo tiene un virus (%(name)s) y no se guardó. Revisa tu equipo y súbelo limpio."),
            code="virus",
            params={"name": name},
        )


def scan(upload: File) -> str:
    """Return the name of what the scanner finds in a file; empty if it finds nothing.

    Raises:
        ScannerError: if it does not answer or did not read the whole file.
    """
    with connect() as connection:
        connection.sendall(b"zINSTREAM\0")
        position = upload.tell()
        upload.seek(0)
        try:
            while chunk := upload.read(CHUNK_BYTES):
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        finally:
            upload.seek(position)
        connection.sendall(struct.pack("!I", 0))
        answer = read_answer(connection).removeprefix("stream: ")
    if answer == "OK":
        return ""
    if answer.endswith(" FOUND"):
        return answer.removesuffix(" FOUND")
    raise ScannerError(answer or "no answer")


def ping() -> None:
    """Check that the scanner answers.

    Raises:
        ScannerError: with the reason.
    """
    with connect() as connection:
        connection.sendall(b"zPING\0")
        if (answer := read_answer(connection)) != "PONG":
            raise ScannerError(answer or "no answer")


@contextmanager
def connect() -> Iterator[socket.socket]:
    """Open a connection to ``ABIERTO_CLAMD``: ``unix:/run/clamav/clamd.ctl`` or ``tcp://127.0.0.1:3310``."""
    address = urlsplit(settings.ABIERTO_CLAMD)
    try:
        if address.scheme == "unix":
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(TIMEOUT_SECONDS)
                connection.connect(address.path)
                yield connection
        else:
            place = (address.hostname or "127.0.0.1", address.port or 3310)
            with socket.create_connection(place, timeout=TIMEOUT_SECONDS) as connection:
                yield connection
    except OSError as error:
        raise ScannerError(str(error) or type(error).__name__) from error


def read_answer(connection: socket.socket) -> str:
    """Return the answer up to its null byte."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        part = connection.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
