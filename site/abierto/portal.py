"""The portal's name, read from the site of the request.

The name is ``Site.site_name``; the territory is a setting of the site (``tenancy.PortalSettings``).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.models import Site

DEFAULT_NAME = "Abierto"

register = template.Library()


@dataclass(frozen=True)
class PortalIdentity:
    """The portal's name and its state; pages name no state while ``territory`` is empty."""

    name: str = DEFAULT_NAME
    territory: str = ""

    @property
    def first_word(self) -> str:
        """Return what the brand shows in large type."""
        return self.name.partition(" ")[0]

    @property
    def other_words(self) -> str:
        """Return what the brand shows below the first word."""
        return self.name.partition(" ")[2]


def portal_of(request: HttpRequest | None, territory: str = "") -> PortalIdentity:
    """Return the name and the state of the request's site, which Wagtail reads once per request."""
    site = Site.find_for_request(request)
    name = site.site_name.strip() if site is not None else ""
    return PortalIdentity(name or DEFAULT_NAME, territory)


def make_request(language: str = settings.LANGUAGE_CODE) -> HttpRequest:
    """Build an anonymous request to the portal's own site, for code that renders pages outside a request."""
    request = HttpRequest()
    request.method, request.user = "GET", AnonymousUser()
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    request.META |= {"SERVER_NAME": host.hostname, "SERVER_PORT": str(host.port or 80)}
    request.LANGUAGE_CODE = language
    # Wagtail caches the site of a request in this attribute.
    request._wagtail_site = Site.objects.filter(is_default_site=True).first()  # type: ignore[attr-defined]
    return request


def known_portal_of(request: HttpRequest | None) -> PortalIdentity:
    """Return the identity if Wagtail has read the site already, else the default, without a query."""
    is_known = request is not None and hasattr(request, "_wagtail_site")
    return portal_of(request) if is_known else PortalIdentity()


@register.simple_tag(takes_context=True)
def known_portal_identity(context: template.Context) -> PortalIdentity:
    """Return the portal's identity for an error page."""
    return known_portal_of(context.get("request"))


@register.simple_tag(takes_context=True)
def portal_identity(context: template.Context) -> PortalIdentity:
    """Return the portal's identity outside the public pages, which have it in their frame."""
    return portal_of(context.get("request"))
