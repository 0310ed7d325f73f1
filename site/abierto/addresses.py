"""Build full addresses from ``ABIERTO_BASE_URL``, and tell those of the admin.

No other module puts the portal's address before a path.
The host of a request is never used: a page is cached, cited and sent under one address. Nor is the ``Site``
row of the portal, whose host may differ; ``manage.py doctor`` compares the two.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page, Site


def absolute_url(path: str) -> str:
    """Return the full address of a ``path`` of the portal, which begins with a slash."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def is_admin_address(request: HttpRequest) -> bool:
    """Check that the address is in the admin, also where the portal is below a path of its host."""
    return request.path.startswith(reverse("wagtailadmin_home"))


def page_url(page: Page, request: HttpRequest | None = None) -> str:
    """Return the full address of ``page``; empty without one. Pages of a further site are at its own host.

    A page below the roots of two sites, such as a microsite with its own host, has the address of the nearer
    root, whatever the host of the request. ``request`` caches which site is the portal's.
    """
    parts = page.get_url_parts()
    if parts is None or parts[2] is None:
        return ""
    site_id, root_url, path = parts
    return absolute_url(path) if _is_portal(site_id, request) else f"{root_url}{path}"


def link_url(page: Page, request: HttpRequest) -> str:
    """Return the address for a link to ``page``: a path on the same host, else its full address."""
    url = page.get_url(request) or ""
    return url if url.startswith("/") else page_url(page, request)


def _is_portal(site_id: int, request: HttpRequest | None) -> bool:
    """Check whether the site is the default one; without a query while there is no other."""
    if len({root.site_id for root in Site.get_site_root_paths()}) == 1:
        return True
    known = request.__dict__ if request is not None else {}
    if "_abierto_portal_site" not in known:
        known["_abierto_portal_site"] = (
            Site.objects.filter(is_default_site=True).values_list("pk", flat=True).first()
        )
    return bool(known["_abierto_portal_site"] == site_id)
