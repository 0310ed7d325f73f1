"""Template tags of the links to the data of a table, and to a page as PDF."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from abierto.opendata.downloads import FORMATS
from abierto.opendata.feeds import FOLLOWED
from abierto.opendata.pdf import has_document, is_available
from pages.core.pager import PAGE_PARAMETER

register = template.Library()
#: The tables whose links include the feed of the page.
FOLLOWED_TABLES = ("compromisos", "avances")
NAMES = {"xlsx": "Excel", "csv": "CSV", "json": "JSON"}


@register.inclusion_tag("opendata/pdf_link.html", takes_context=True)
def pdf_link(context: template.Context, page: Any) -> dict[str, Any]:
    """Return the address of the PDF of a page; empty for drafts, private pages, and without WeasyPrint."""
    is_public = _is_public_view(context.get("request")) and not page.get_view_restrictions().exists()
    if not is_public or not has_document(page) or not is_available():
        return {"url": ""}
    return {"url": reverse("opendata_pages:page_pdf", args=[page.pk])}


def _is_public_view(request: HttpRequest | None) -> bool:
    """Check that the request shows the public page, not a preview or a guest link."""
    if request is None or getattr(request, "is_preview", False):
        return False
    return not hasattr(request, "guest_link")


@register.inclusion_tag("opendata/links.html", takes_context=True)
def data_links(context: template.Context, table: str, page: Page | None = None) -> dict[str, Any]:
    """Return the files of a table of a page or a view, with the filters of the request.

    A preview has no files.
    """
    request: HttpRequest | None = context.get("request")
    if request is None or not _is_public_view(request):
        return {"files": []}
    query = request.GET.copy()
    query.pop(PAGE_PARAMETER, None)
    end = f"?{query.urlencode()}" if query else ""
    files = [(NAMES[one], f"{table_url(table, one, page)}{end}") for one in FORMATS]
    feed = ""
    if isinstance(page, FOLLOWED) and table in FOLLOWED_TABLES:
        feed = reverse("opendata_pages:page_feed", args=[page.pk])
    return {"files": files, "feed": feed}


def table_url(table: str, file_format: str, page: Page | None) -> str:
    """Return the address of a table as a file."""
    if page is None:
        return reverse("opendata_pages:view_table", args=[table, file_format])
    return reverse("opendata_pages:page_table", args=[page.pk, table, file_format])
