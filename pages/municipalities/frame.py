"""Build the frame of the pages of a microsite: name, logo, colours, menu and contact data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page, Site

from abierto.bad_requests.screening import has_unstorable_text
from abierto.media.models import PortalImage
from abierto.tenancy.declared_reads import declared_reads
from abierto.tenancy.models import Space
from abierto.tenancy.visibility import filter_public, public_condition
from blocks.choosers import may_show
from pages.core.cache import cached_for_version
from pages.core.content_language import content_language
from pages.core.reads import record_pages
from pages.core.slugs import HOME_DEPTH

from .models import MicrositePage
from .queries import CONTENTS

MICROSITE_DEPTH = HOME_DEPTH + 2


@dataclass(frozen=True)
class MicrositeLink:
    """A page in the menu of a microsite, and on its start page."""

    path: str
    title: str
    url: str
    language: str
    summary: str = ""
    is_current: bool = False
    is_above: bool = False


@dataclass(frozen=True)
class MicrositeFrame:
    """The branding, menu and footer of a microsite."""

    title: str
    url: str
    slug: str
    colors: str
    language: str
    menu: tuple[MicrositeLink, ...]
    logo: PortalImage | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    privacy_url: str = ""
    # The slug of its space, which limits the search to the microsite; empty without a space.
    scope: str = ""
    # Since when and why its space is suspended.
    suspended_on: datetime.date | None = None
    suspension_reason: str = ""
    # Whether the page shown is the start page itself.
    is_start: bool = False

    @property
    def has_contact(self) -> bool:
        """Check whether the footer has any contact data."""
        return any((self.address, self.phone, self.email, self.privacy_url))


def build_microsite_frame(page: Page, above: Iterable[Page], request: HttpRequest) -> MicrositeFrame | None:
    """Return the frame of the microsite at or above ``page``; None, without a query, for other pages."""
    if isinstance(page, MicrositePage):
        # From the instance: a preview shows the colours of the draft.
        return _mark_current(_read_frame(page, request), page)
    row = next((one for one in above if is_microsite(one)), None)
    if row is None:
        return None
    key = ("microsite", row.pk, get_language(), request.get_host())
    return _mark_current(cached_for_version(key, lambda: _read_frame(_read_microsite(row), request)), page)


def find_requested_microsite(request: HttpRequest) -> MicrositeFrame | None:
    """Return the frame of the public microsite at or above the address of a request, read once for it."""
    known: dict[str, MicrositeFrame | None] = request.__dict__.setdefault("_abierto_microsite", {})
    if request.path not in known:
        known[request.path] = _find_by_address(request)
    return known[request.path]


def _find_by_address(request: HttpRequest) -> MicrositeFrame | None:
    site = Site.find_for_request(request)
    if site is None or has_unstorable_text(request.path):
        return None
    root = site.root_page
    if is_microsite(root):
        wanted = root.url_path
    else:
        prefix = reverse("wagtail_serve", args=[""])
        words = request.path.removeprefix(prefix).split("/")[: MICROSITE_DEPTH - root.depth]
        wanted = f"{root.url_path}{'/'.join(words)}/"
        if len(words) < MICROSITE_DEPTH - root.depth:
            return None
    microsites = MicrositePage.objects.public().select_related("logo", "privacy_page", "locale")
    microsite = microsites.filter(url_path=wanted).first()
    return _read_frame(microsite, request) if microsite is not None else None


def is_microsite(row: Page) -> bool:
    """Check the type of a page without a query."""
    return row.depth == MICROSITE_DEPTH and row.specific_class is MicrositePage


def _read_microsite(row: Page) -> MicrositePage:
    with declared_reads():
        rows = MicrositePage.objects.select_related("logo", "privacy_page", "locale")
        microsite: MicrositePage = rows.get(pk=row.pk)
    return microsite


def _read_frame(microsite: MicrositePage, request: HttpRequest) -> MicrositeFrame:
    """Read the pages of the microsite and its space, with two queries."""
    with declared_reads():
        private = microsite.privacy_page
        children = _read_children(microsite)
        # All are recorded, also those that are not public: they are shown when they are.
        record_pages(page.path for page in (microsite, *children, private) if page is not None)
        return _build_frame(microsite, [child for child in children if child.is_public], request)


def _build_frame(microsite: MicrositePage, children: list[Page], request: HttpRequest) -> MicrositeFrame:
    private = microsite.privacy_page_id
    space = Space.objects.filter(roots__page=microsite.pk).first()
    pages = {child.pk: child for child in children}
    logo = microsite.logo
    return MicrositeFrame(
        title=microsite.title,
        url=microsite.get_url(request) or "",
        slug=microsite.slug,
        colors=reverse("microsite_colors", args=[microsite.band_color[1:], microsite.accent_color[1:]]),
        language=content_language(microsite),
        menu=tuple(
            MicrositeLink(
                child.path,
                _name_link(child),
                child.get_url(request) or "",
                content_language(child),
                child.summary,
            )
            for child in children
            if child.pk != private
        ),
        logo=logo if logo is not None and may_show(logo, microsite) else None,
        address=microsite.address,
        phone=microsite.phone,
        email=microsite.email,
        privacy_url=_find_privacy_url(microsite, pages, request),
        scope=space.slug if space is not None else "",
        suspended_on=space.suspended_on if space is not None else None,
        suspension_reason=space.suspension_reason if space is not None else "",
    )


def _read_children(microsite: MicrositePage) -> list[Page]:
    """Return the pages directly below with ``summary``, ``is_public`` and ``period``, with one query."""
    summaries = [f"{model._meta.model_name}__summary" for model, _label in CONTENTS]
    children = (
        Page.objects.child_of(microsite)
        .select_related("locale")
        .annotate(
            summary=Coalesce(*summaries, Value("")),
            is_public=public_condition(),
            period=Coalesce("archived_branch__period__name", Value("")),
        )
    )
    return list(children.order_by("path"))


def _name_link(child: Page) -> str:
    """Return the title of a page, with the name of its administration if that ended."""
    return f"{child.title} ({child.period})" if child.period else child.title


def _find_privacy_url(microsite: MicrositePage, pages: dict[int, Page], request: HttpRequest) -> str:
    """Return the address of the privacy notice: its page while it is public, else the address elsewhere."""
    if microsite.privacy_page_id is None:
        return microsite.privacy_url
    page = pages.get(microsite.privacy_page_id)
    if page is None:
        page = filter_public(Page.objects.filter(pk=microsite.privacy_page_id)).first()
    return (page.get_url(request) if page is not None else None) or microsite.privacy_url


def _mark_current(frame: MicrositeFrame, page: Page) -> MicrositeFrame:
    return replace(
        frame,
        is_start=isinstance(page, MicrositePage),
        menu=tuple(
            replace(link, is_current=link.path == page.path, is_above=page.path.startswith(link.path))
            for link in frame.menu
        ),
    )
