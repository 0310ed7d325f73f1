"""Read the files of a spreadsheet from a ZIP archive, one at a time, without unpacking all of it."""

from __future__ import annotations

import shutil
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from .rows import RowProblem, SpreadsheetError, build_error

MAX_FILES = 3_000
MAX_FILE = 50 * 1024 * 1024
MAX_UNPACKED = 3 * 1024 * 1024 * 1024
MAX_RATIO = 200
SMALL = 1024 * 1024
"""Bytes up to which the compression ratio of a file is not limited."""
ENCRYPTED_FLAG, UTF8_FLAG = 0x1, 0x800
CHUNK = 1 << 20
LEFT_BY_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Attachments:
    """The files of an archive by ``file_key`` of their names, without folders."""

    archive: zipfile.ZipFile | None
    entries: dict[str, zipfile.ZipInfo]

    def find(self, name: str) -> zipfile.ZipInfo | None:
        """Return the entry with this name, ignoring its folder and case."""
        return self.entries.get(file_key(name))

    @contextmanager
    def copy(self, entry: zipfile.ZipInfo) -> Iterator[Path]:
        """Copy one file to a temporary one, chunk by chunk.

        Raises:
            SpreadsheetError: for a damaged file, or one that is larger than the archive states.
        """
        if self.archive is None:
            raise build_error(_("No subiste archivos. Sube el ZIP o la carpeta."))
        with NamedTemporaryFile(suffix=Path(clean_name(entry)).suffix.lower()) as target:
            try:
                with self.archive.open(entry) as source:
                    shutil.copyfileobj(source, target, CHUNK)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
                message = _("El archivo «%(name)s» está dañado dentro del ZIP. Vuelve a armarlo.")
                raise build_error(message % {"name": clean_name(entry)}) from error
            target.flush()
            yield Path(target.name)


@contextmanager
def open_attachments(file: IO[bytes] | None) -> Iterator[Attachments]:
    """Check and open the archive; without a file there are no attachments.

    Raises:
        SpreadsheetError: with every problem of the archive.
    """
    if file is None:
        yield Attachments(None, {})
        return
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise build_error(_("El archivo no es un ZIP, o está dañado. Vuelve a armarlo y súbelo.")) from error
    with archive:
        yield Attachments(archive, list_entries(archive))


def list_entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files of an archive by ``file_key``.

    Raises:
        SpreadsheetError: with every problem.
    """
    entries = [entry for entry in archive.infolist() if not is_left_by_system(entry)]
    if len(entries) > MAX_FILES:
        raise build_error(_("El ZIP trae más de %(most)s archivos. Divídelo.") % {"most": MAX_FILES})
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise build_error(_("El ZIP crece demasiado al abrirse. Divídelo en varios."))
    problems: list[RowProblem] = []
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = clean_name(entry)
        message = find_entry_problem(entry)
        if not message and file_key(name) in found:
            message = _("Hay dos archivos «%(name)s» en el ZIP. Cambia el nombre de uno.")
        if message:
            problems.append(RowProblem(message % {"name": name}))
        found.setdefault(file_key(name), entry)
    if problems:
        raise SpreadsheetError(*problems)
    return found


def find_entry_problem(entry: zipfile.ZipInfo) -> str:
    """Return why an entry is refused, with the placeholder ``%(name)s``; empty if it is accepted."""
    name = full_name(entry).replace("\\", "/")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or ":" in name:
        return _("«%(name)s» apunta fuera de la carpeta. Arma el ZIP otra vez solo con tus archivos.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _("«%(name)s» es un acceso directo. Pon el archivo mismo en el ZIP.")
    if entry.flag_bits & ENCRYPTED_FLAG:
        return _("«%(name)s» tiene contraseña. Arma el ZIP sin ella.")
    is_packed_tightly = entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    if entry.file_size > MAX_FILE or (is_packed_tightly and entry.file_size > SMALL):
        return _("«%(name)s» es demasiado grande, o crece demasiado al abrirse. Divídelo o quítalo del ZIP.")
    return ""


def is_left_by_system(entry: zipfile.ZipInfo) -> bool:
    """Check for folders and for files that macOS and Windows add to an archive."""
    path = PurePosixPath(full_name(entry))
    return entry.is_dir() or "__MACOSX" in path.parts or path.name.lower() in LEFT_BY_SYSTEMS


def full_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; macOS writes UTF-8 without setting the flag."""
    if entry.flag_bits & UTF8_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def clean_name(entry: zipfile.ZipInfo) -> str:
    """Return the name without its folder."""
    return PurePosixPath(full_name(entry).replace("\\", "/")).name


def file_key(name: str) -> str:
    """Return the key of a file: its name without folder, in Unicode's form NFC and without case."""
    return unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name).casefold().strip()


def pack_files(files: Iterable[tuple[str, IO[bytes]]], target: IO[bytes]) -> None:
    """Write files to a ZIP archive, chunk by chunk, so that a folder can be read like an archive."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, file in files:
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                shutil.copyfileobj(file, entry, CHUNK)
