"""Read the stored text of files by pages, for public pages and for the search."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from abierto.privacy.extraction.parts import FilePage

from .models import FileReading, FileText, PortalDocument


def load_text(reading: FileReading) -> list[FilePage]:
    """Return the running text of the file of ``reading``; empty for a scan or an unread file."""
    rows = FileText.objects.filter(reading=reading)
    return parse_pages(rows.values_list("pages", flat=True).first())


def load_document_text(document: PortalDocument) -> list[FilePage]:
    """Return the running text of a document, with one query."""
    rows = FileText.objects.filter(reading__document=document, reading__file_name=document.file.name)
    return parse_pages(rows.values_list("pages", flat=True).first())


def stored_text(document: str) -> Subquery:
    """Return a subquery with the stored pages of the document of a relation ``document`` of the outer query.

    The value is None without a text; :func:`parse_pages` parses it. This does not check access to the file.
    """
    rows = FileText.objects.filter(
        reading__document=OuterRef(document),
        reading__file_name=OuterRef(f"{document}__file"),
    )
    return Subquery(rows.values("pages")[:1])


def parse_pages(stored: Iterable[tuple[int | None, str]] | None) -> list[FilePage]:
    """Return the pages of a stored text."""
    return [FilePage(number, text) for number, text in stored or ()]
