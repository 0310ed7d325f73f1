"""Full addresses: the one place that puts the portal's own address, ``ABIERTO_BASE_URL``, before a path.

The host of a request is never used: a page is cached, cited and sent under one address. Nor is the ``Site``
row of the portal, whose host may differ; ``manage.py doctor`` compares the two.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site


def absolute_url(path: str) -> str:
    """Return the full address of a ``path`` of the portal, which begins with a slash."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def page_url(page: Page, request: HttpRequest | None = None) -> str:
    """Return the full address of ``page``; empty without one. Pages of a further site are at its own host."""
    parts = page.get_url_parts(request)
    if parts is None or parts[2] is None:
        return ""
    site_id, root_url, path = parts
    return absolute_url(path) if _is_portal(site_id) else f"{root_url}{path}"


def _is_portal(site_id: int) -> bool:
    """Check whether the site is the default one; without a query while there is no other."""
    sites = {root.site_id for root in Site.get_site_root_paths()}
    return len(sites) == 1 or Site.objects.filter(pk=site_id, is_default_site=True).exists()
