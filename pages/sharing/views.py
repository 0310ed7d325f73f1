"""Files at well-known addresses: robots.txt, sitemap, security.txt, manifest, icons, shared images."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.views import sitemap as render_sitemap
from wagtail.models import Page, Site

from abierto.addresses import absolute_url
from abierto.portal import portal_of
from abierto.tenancy.models import PortalSettings
from abierto.tenancy.visibility import filter_public
from pages.core.cache import mark_cacheable
from pages.core.routing import HOME_DEPTH
from pages.core.titles import write_document_title
from pages.figures.models import ProgressFigure

from .share_image import draw_share_image
from .share_text import describe_figure
from .sitemaps import InstitutionSitemap, PageSitemap, TownSitemap, ViewSitemap

SITEMAPS = {
    "pages": PageSitemap,
    "institutions": InstitutionSitemap,
    "municipalities": TownSitemap,
    "views": ViewSitemap,
}
PLAIN = "text/plain; charset=utf-8"
# RFC 9116 asks for less than a year.
SECURITY_VALID = datetime.timedelta(days=180)
# Addresses without content of their own: forms, search results, histories.
NOT_CRAWLED = ("/admin/", "/borrador/", "/buscar/", "/cuenta/", "/historial/")
ICON_SIZES = (192, 512)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the addresses of every public page."""
    response: Any = render_sitemap(request, SITEMAPS)
    return mark_cacheable(response.render())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """List the addresses that crawlers should skip, and the address of the sitemap."""
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    prefixes = ["", *(f"/{code}" for code in others)]
    lines = ["User-agent: *", *(f"Disallow: {prefix}{path}" for prefix in prefixes for path in NOT_CRAWLED)]
    lines += ["", f"Sitemap: {absolute_url(reverse('sitemap'))}", ""]
    return mark_cacheable(HttpResponse("\n".join(lines), content_type=PLAIN))


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Return the mailbox for reports of security problems (RFC 9116); 404 if the portal has none."""
    email = find_contact_email(request)
    if not email:
        raise Http404
    ends = datetime.datetime.combine(timezone.localdate() + SECURITY_VALID, datetime.time.min, datetime.UTC)
    lines = [
        f"Contact: mailto:{email}",
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: es, en",
        f"Canonical: {absolute_url(reverse('security_txt'))}",
        "",
    ]
    return mark_cacheable(HttpResponse("\n".join(lines), content_type=PLAIN))


def find_contact_email(request: HttpRequest) -> str:
    """Return the official mailbox of the site of the request; empty without one."""
    rows = PortalSettings.objects.filter(site=Site.find_for_request(request))
    return rows.values_list("contact_email", flat=True).first() or ""


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Return the web app manifest."""
    portal = portal_of(request)
    icons = [
        {"src": static(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in ICON_SIZES
    ]
    data = {
        "name": portal.name,
        "short_name": portal.first_word,
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "display": "browser",
        "background_color": "#fbfaf7",
        "theme_color": "#1d3b91",
        "icons": icons,
    }
    return mark_cacheable(JsonResponse(data, content_type="application/manifest+json"))


@require_safe
def share_image(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return the image of a public page for shared links: its title and, if any, its figure."""
    page = get_object_or_404(filter_public(Page.objects.filter(depth__gte=HOME_DEPTH)), pk=page_id)
    figure = ProgressFigure.objects.filter(key=page.translation_key).first()
    shown, note = describe_figure(figure)
    title = write_document_title(page.specific)
    drawn = draw_share_image(portal_of(request).name, title, shown, note)
    return mark_cacheable(HttpResponse(drawn, content_type="image/png"))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect requests for the default address of the icon to the static file."""
    return HttpResponseRedirect(static("favicon.ico"))
