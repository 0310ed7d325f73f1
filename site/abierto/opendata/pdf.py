"""Render public pages as PDF/UA-1: a plan, a commitment, a report and the minutes of a session.

The document is the HTML of the page with the styles of ``static/pdf.css``. Its tag tree, which screen readers
follow, comes from the elements of the page, so elements without use in a document are removed first:
navigation, forms, scripts, and decorative pictures.

WeasyPrint is the extra ``pdf`` and needs Pango from the system. Without them there is no link to a document.
"""

from __future__ import annotations

import importlib
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from PIL import ImageFile
from wagtail.models import Page

from abierto.addresses import page_url
from abierto.portal import make_request
from abierto.tenancy.visibility import filter_public
from pages.core.content_language import content_language
from pages.core.formatting import full_date
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.reports.models import ReportPage
from pages.secretariats.sessions import ACT_SLUG, SessionPage

VARIANT = "pdf/ua-1"
#: The page types with a PDF; that of a session is its minutes.
PRINTED = (PlanPage, CommitmentPage, ReportPage, SessionPage)
#: URL name of the view of renditions, the only view that a document may load: it checks access.
IMAGE_VIEW = "rendition"
STYLES = "pdf.css"
SVG = "{http://www.w3.org/2000/svg}"
#: Elements and classes that are removed: they are for the screen only, or repeat a text of the page.
LEFT_OUT = frozenset({"header", "footer", "nav", "form", "button", "script", "link", "template"})
LEFT_OUT_CLASSES = frozenset({"no-print", "skip"})
#: Classes of hidden pictures (``aria-hidden``) that stay: the legend and the QR code.
NEEDED_PICTURES = frozenset({"key", "qr"})
#: Attributes of drawings by class; WeasyPrint applies them faster than a style sheet in each drawing.
INK, SOFT, ACCENT, MARK, BED, PAPER = "#191c2a", "#4b4e5c", "#1d3b91", "#b45f06", "#e8e4da", "#ffffff"
DRAWING = {
    "bar__bed": {"fill": BED},
    "bar__declared": {"fill": ACCENT},
    "bar__computed": {"fill": SOFT},
    "bar__halo": {"fill": "none", "stroke": PAPER},
    "bar__expected": {"stroke": MARK, "stroke-width": ".8"},
    "bar__stage": {"fill": "none", "stroke": "#6a4a00", "stroke-width": ".6"},
    "bare": {"fill": BED},
    "full": {"fill": ACCENT},
    "gloss": {"fill": PAPER, "opacity": ".22"},
    "extra": {"fill": PAPER, "stroke": ACCENT, "stroke-width": "2"},
    "halo": {"fill": "none", "stroke": PAPER, "stroke-width": "9"},
    "expected": {"fill": "none", "stroke": MARK, "stroke-width": "2.5", "stroke-dasharray": "6 5"},
    "axis": {"fill": "none", "stroke": "#78746a"},
    "grid": {"fill": "none", "stroke": "#d9d4c9"},
    "declared": {"fill": "none", "stroke": ACCENT, "stroke-width": "3"},
    "dot": {"fill": ACCENT},
    "computed": {"fill": PAPER, "stroke": SOFT, "stroke-width": "3"},
    "soft": {"fill": SOFT, "font-family": "DejaVu Sans", "font-size": "13"},
    "big": {"fill": INK, "font-family": "DejaVu Sans", "font-size": "20", "font-weight": "700"},
}
MOST_BYTES = 1_000_000
"""Limit of the HTML: a report of 500 actions has about 800,000 bytes and takes 8 seconds and 150 MB."""
_WAIT_SECONDS = 20
# One document at a time in each process: rendering uses a processor for seconds.
_rendering = threading.BoundedSemaphore(1)


class BusyError(RuntimeError):
    """Another document was still being rendered after ``_WAIT_SECONDS``."""


class TooLongError(RuntimeError):
    """The page is longer than ``MOST_BYTES``."""


@cache
def load_weasyprint() -> ModuleType | None:
    """Import and return WeasyPrint, which is slow; None without it or without Pango.

    WeasyPrint sets ``LOAD_TRUNCATED_IMAGES`` of Pillow for the whole process; the upload checks need it off.
    """
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def is_available() -> bool:
    """Check whether WeasyPrint and Pango are installed."""
    return load_weasyprint() is not None


def check_weasyprint(**kwargs: Any) -> list[checks.CheckMessage]:
    """System check: inform that pages have no PDF in this installation."""
    if is_available():
        return []
    return [
        checks.Info(
            "Las páginas no se pueden bajar en PDF: falta WeasyPrint o Pango.",
            hint="Instala el extra «pdf» (pip install weasyprint) y el paquete libpango-1.0-0 del sistema.",
            id="opendata.I001",
        )
    ]


def has_document(page: Page) -> bool:
    """Check whether this page has a PDF; a session has one from its day on."""
    return isinstance(page, PRINTED) and (not isinstance(page, SessionPage) or page.has_begun)


def pdf_of(page: Page) -> bytes:
    """Return the live version of a page as PDF/UA-1; of a session, its minutes.

    Raises:
        Http404: for a page that is not public or has no document.
        BusyError: if another document is still being rendered.
        TooLongError: if the page is too long.
        RuntimeError: without WeasyPrint or Pango (:func:`is_available`).
    """
    found = find_printed(page.pk)
    return write_pdf(render_page(found), page_url(found))


def find_printed(page_id: int) -> Page:
    """Return the public page with this id, if it has a PDF.

    Raises:
        Http404: without one.
    """
    row = filter_public(Page.objects.filter(pk=page_id)).first()
    found = row.specific if row is not None and issubclass(row.specific_class, PRINTED) else None
    if found is None or not has_document(found):
        raise Http404
    return found


def render_page(page: Any) -> HttpResponse:
    """Return the response of a page in its own language for an anonymous visitor."""
    request = make_request(content_language(page))
    request.path = request.path_info = page.get_url(request) or "/"
    with translation.override(content_language(page)):
        result = page.route(request, [])
        if isinstance(page, SessionPage):
            result = page.route_below(request, ACT_SLUG)
        response: HttpResponse = result[0].serve(request)
    return response


def write_pdf(response: HttpResponse, url: str) -> bytes:
    """Return the PDF of a rendered page with this full address."""
    weasyprint = load_weasyprint()
    if weasyprint is None:
        raise RuntimeError("WeasyPrint or Pango is not installed.")
    if len(response.content) > MOST_BYTES:
        raise TooLongError(url)
    with _one_at_a_time():
        fetcher = make_fetcher(weasyprint, url)
        document = weasyprint.HTML(string=response.content.decode(), base_url=url, url_fetcher=fetcher)
        prepare_tree(document.etree_element, url)
        written: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_tags=True)
    return written


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _rendering.acquire(timeout=_WAIT_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        _rendering.release()


def make_fetcher(weasyprint: ModuleType, base_url: str) -> Any:
    """Return a URL fetcher for WeasyPrint: only static files and public images of the page's own host."""

    class Fetcher(weasyprint.URLFetcher):  # type: ignore[name-defined]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if urlsplit(url)[:2] != urlsplit(base_url)[:2]:
                raise ValueError(url)
            content_type, content = read_file(unquote(urlsplit(url).path))
            return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": content_type})

    return Fetcher()


def read_file(path: str) -> tuple[str, bytes]:
    """Return the content type and the content of a static file or a public image.

    Raises:
        ValueError: for any other path; WeasyPrint then leaves the file out.
    """
    if path.startswith(settings.STATIC_URL):
        name = path.removeprefix(settings.STATIC_URL)
        return mimetypes.guess_type(name)[0] or "application/octet-stream", read_static(name)
    try:
        match = resolve(path)
        if match.view_name != IMAGE_VIEW:
            raise ValueError(path)
        response = match.func(make_request(), **match.kwargs)
    except (Http404, Resolver404) as error:
        raise ValueError(path) from error
    return response["Content-Type"], b"".join(response)


def read_static(name: str) -> bytes:
    """Return the source of a static file.

    Raises:
        ValueError: without one.
    """
    try:
        found = finders.find(name)
    except SuspiciousFileOperation as error:
        raise ValueError(name) from error
    if found is None:
        raise ValueError(name)
    return Path(found).read_bytes()


def prepare_tree(root: Element, url: str) -> None:
    """Change the element tree of a page into that of a document, in place; ``url`` is its address."""
    head, body = root.find("head"), root.find("body")
    main = body.find(".//main") if body is not None else None
    if head is None or body is None or main is None:
        raise ValueError("The page has no content.")
    _remove_left_out(root)
    for title in head.iter("title"):
        title.text = " ".join((title.text or "").split())
    SubElement(head, "link", rel="stylesheet", href=urljoin(url, f"{settings.STATIC_URL}{STYLES}"))
    origin = Element("p", {"class": "origin"})
    day = full_date(timezone.localdate())
    origin.text = _("%(url)s, copia del %(day)s") % {"url": url, "day": day}
    main.insert(0, origin)
    for picture in main.iter(f"{SVG}svg"):
        _prepare_picture(picture)
    for link in main.iter("a"):
        _prepare_link(link)


def _remove_left_out(parent: Element, *, is_needed: bool = False) -> None:
    before: Element | None = None
    for child in list(parent):
        classes = set(child.get("class", "").split())
        needed = (is_needed or bool(classes & NEEDED_PICTURES)) and "badge" not in classes
        if _is_left_out(child, classes, needed):
            # The text after the element stays.
            if before is None:
                parent.text = (parent.text or "") + (child.tail or "")
            else:
                before.tail = (before.tail or "") + (child.tail or "")
            parent.remove(child)
            continue
        _remove_left_out(child, is_needed=needed)
        before = child


def _is_left_out(element: Element, classes: set[str], is_needed: bool) -> bool:
    is_repeated = element.tag == f"{SVG}svg" and element.get("aria-hidden") == "true" and not is_needed
    return (
        element.tag in LEFT_OUT
        or "hidden" in element.attrib
        or is_repeated
        or not classes.isdisjoint(LEFT_OUT_CLASSES)
    )


def _prepare_picture(picture: Element) -> None:
    """Set the colours of a drawing, and join its descriptions in ``title``, the alternative text."""
    described = [picture.find(f"{SVG}{name}") for name in ("title", "desc")]
    texts = [one.text or "" for one in described if one is not None] or [picture.get("aria-label", "")]
    for one in described:
        if one is not None:
            picture.remove(one)
    title = Element(f"{SVG}title")
    title.text = " ".join(" ".join(texts).split()) or _("Dibujo")
    picture.insert(0, title)
    picture.set("fill", INK)
    for part in picture.iter():
        for name in part.get("class", "").split():
            part.attrib.update(DRAWING.get(name, {}))


def _prepare_link(link: Element) -> None:
    """Reduce a link to its text: WeasyPrint would make a wrongly tagged link of each element in it."""
    if link.find(".//img") is not None:
        link.attrib.pop("href", None)
        return
    text = "".join(link.itertext())
    for child in list(link):
        link.remove(child)
    link.text = text
