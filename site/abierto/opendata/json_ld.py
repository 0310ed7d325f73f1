"""Records as JSON-LD: the same fields, with their names in the vocabulary of schema.org where it has one."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from abierto.addresses import absolute_url

from .fields import Record, json_value
from .resource import Resource

SCHEMA_ORG = "https://schema.org/"
#: The fields that schema.org has a name for; all others are in the vocabulary of the portal's dictionary.
TERMS = {
    "title": "name",
    "name": "name",
    "summary": "description",
    "url": "url",
    "modified": "dateModified",
    "published": "datePublished",
    "source_name": "isBasedOn",
    "place": "location",
    "starts_at": "startDate",
    "ends_at": "endDate",
    "acronym": "alternateName",
    "website": "sameAs",
    "case_number": "identifier",
    "decision": "abstract",
}
MOMENTS = ("dateModified", "datePublished", "startDate", "endDate")


def describe_context(resource: Resource) -> dict[str, Any]:
    """Return the context by which every field is an address: its row in the dictionary."""
    own = absolute_url(f"{reverse('opendata_pages:dictionary')}#{resource.name}-")
    terms: dict[str, Any] = {"@vocab": own, "schema": SCHEMA_ORG, "id": None, "hash": f"{own}hash"}
    for name, term in TERMS.items():
        target = f"{SCHEMA_ORG}{term}"
        is_moment = term in MOMENTS
        terms[name] = {"@id": target, "@type": f"{SCHEMA_ORG}DateTime"} if is_moment else target
    return terms | {"url": {"@id": f"{SCHEMA_ORG}url", "@type": "@id"}}


def describe_record(resource: Resource, record: Record) -> dict[str, Any]:
    """Return a record as a node: its address in the API is its id."""
    own = absolute_url(reverse(f"api:show_{resource.name}", args=[record["id"]]))
    known = {name: value for name, value in json_value(record).items() if value not in (None, "", [])}
    return {"@id": own, "@type": f"{SCHEMA_ORG}{resource.schema_type}", **known}
