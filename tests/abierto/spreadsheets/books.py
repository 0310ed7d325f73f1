"""Workbooks and archives for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook


def make_book(rows: Iterable[Iterable[Any]], change: Any = None) -> io.BytesIO:
    """Return a workbook with these rows; ``change`` gets the workbook before it is saved."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book)
    written = io.BytesIO()
    book.save(written)
    written.seek(0)
    return written


def make_zip(files: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> io.BytesIO:
    """Return an archive with these files, in which a name may be twice."""
    pairs = files.items() if isinstance(files, Mapping) else files
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    written.seek(0)
    return written


def rewrite_part(book: io.BytesIO, part: str, old: bytes, new: bytes) -> io.BytesIO:
    """Return the workbook with ``old`` replaced in the XML of ``part``."""
    with zipfile.ZipFile(book) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old in files[part]
    return make_zip({**files, part: files[part].replace(old, new)})
