"""The descriptor of the files in the archive: a Frictionless data package (https://datapackage.org/)."""

from __future__ import annotations

from typing import Any

from . import licence
from .catalogue import ABOUT, CATALOGUE, data_url
from .fields import Field
from .resource import Resource


def describe_package(portal: str, created: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the descriptor; ``files`` are the resources, and ``created`` the moment in ISO 8601."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "datos-abiertos",
        "title": f"{CATALOGUE}: {portal}",
        "description": ABOUT,
        "homepage": data_url(),
        "created": created,
        "licenses": [{"name": licence.SHORT_NAME, "title": licence.NAME, "path": licence.URL}],
        "resources": files,
    }


def describe_file(resource: Resource, path: str, size: int, digest: str) -> dict[str, Any]:
    """Return a CSV file of the package: its table schema, its bytes and its SHA-256."""
    return {
        "name": resource.slug,
        "title": resource.title,
        "description": resource.description,
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [_describe_field(field) for field in resource.table_fields],
            "primaryKey": ["id"],
            "missingValues": [""],
        },
    }


def _describe_field(field: Field) -> dict[str, Any]:
    described = " ".join(filter(None, [field.meaning, field.unit and f"Unidad: {field.unit}."]))
    known = {
        "name": field.name,
        "type": field.kind.table_type,
        "title": field.label,
        "description": described,
        "constraints": {"required": True} if field.is_required else {},
    }
    return {name: value for name, value in known.items() if value}
