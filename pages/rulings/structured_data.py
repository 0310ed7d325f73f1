"""A ruling as search engines read it (JSON-LD of schema.org, which has no type for rulings)."""

from __future__ import annotations

from typing import Any

from abierto.registry.models import Institution
from pages.core.content_language import content_language

from .models import RulingPage
from .part_queries import RulingParts


def describe_ruling(
    page: RulingPage, parts: RulingParts, tribunal: Institution | None, url: str
) -> dict[str, Any]:
    """Return the record of a ruling and its public parts; never the name of a person."""
    known = {
        "description": page.decision,
        "datePublished": page.decided_on.isoformat() if page.decided_on else "",
        "citation": page.provision_list,
        "keywords": page.topic_list,
        "sameAs": page.original_url,
        "hasPart": [
            {"@type": "CreativeWork", "name": part.title, "url": f"{url}#{part.anchor}"}
            for part in parts.pages
        ],
        "creator": {"@type": "GovernmentOrganization", "name": tribunal.name} if tribunal is not None else {},
        "creativeWorkStatus": str(page.get_finality_display()),
    }
    return {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "genre": "Ejemplo ficticio" if page.is_fictional else "Sentencia",
        "name": page.title,
        "identifier": page.case_number,
        "url": url,
        "inLanguage": content_language(page),
        "isAccessibleForFree": True,
    } | {name: value for name, value in known.items() if value}
