"""Structured data for search engines (JSON-LD of schema.org): breadcrumbs, organisations and events."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from abierto.addresses import absolute_url
from abierto.registry.models import Institution

_CONTEXT = "https://schema.org"
# A script element ends at the first «</script», whatever it is in.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def describe_breadcrumbs(links: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the breadcrumbs given as titles and paths or addresses, from the home page down."""
    return {
        "@context": _CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": title,
                "item": url if "://" in url else absolute_url(url),
            }
            for number, (title, url) in enumerate(links, start=1)
        ],
    }


def describe_page(page: Any, url: str, language: str, schema_type: str) -> dict[str, Any]:
    """Return a page by its type in the vocabulary of schema.org, with its dates and its source."""
    known = {
        "description": page.summary,
        "datePublished": page.first_published_at.isoformat() if page.first_published_at else "",
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else "",
        "identifier": getattr(page, "code", ""),
        "isBasedOn": page.source_url or page.source_name,
    }
    return {
        "@context": _CONTEXT,
        "@type": schema_type,
        "name": page.title,
        "url": url,
        "inLanguage": language,
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
    } | {name: value for name, value in known.items() if value}


def describe_portal(name: str, email: str) -> dict[str, Any]:
    """Return the portal as an organisation."""
    data = {
        "@context": _CONTEXT,
        "@type": "GovernmentOrganization",
        "name": name,
        "url": absolute_url("/"),
        "logo": absolute_url(static("favicon.svg")),
    }
    return data | ({"email": email} if email else {})


def describe_institution(institution: Institution, path: str) -> dict[str, Any]:
    """Return a public institution as an organisation: its official data, never those of a person."""
    known = {
        "alternateName": institution.acronym,
        "sameAs": institution.website,
        "email": institution.email,
    }
    return {
        "@context": _CONTEXT,
        "@type": "Organization",
        "name": institution.name,
        "url": absolute_url(path),
    } | {name: value for name, value in known.items() if value}


def describe_event(
    name: str,
    url: str,
    starts: datetime.date | None,
    ends: datetime.date | None = None,
    place: str = "",
) -> dict[str, Any] | None:
    """Return a session, forum or training as an event; None without a date, which an event must have."""
    if starts is None:
        return None
    known: dict[str, Any] = {
        "endDate": ends.isoformat() if ends else "",
        "location": {"@type": "Place", "name": place, "address": place} if place else {},
    }
    return {
        "@context": _CONTEXT,
        "@type": "Event",
        "name": name,
        "url": url,
        "startDate": starts.isoformat(),
    } | {field: value for field, value in known.items() if value}


def write_script(data: dict[str, Any]) -> SafeString:
    """Return the script element with ``data``. Browsers do not run it, so the security policy allows it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
