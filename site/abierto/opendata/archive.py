"""«Todo en un ZIP»: every list in one archive, which a command builds and replaces atomically.

The archive is served only while none of its content was withdrawn, restricted or has expired since.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from abierto.approval.models import Approval, ApprovalKind
from abierto.archives import write_entry
from abierto.portal import portal_of
from pages.core.cache import read_versions

from . import licence
from .catalogue import ABOUT, CATALOGUE, build_graph, data_url
from .csv_files import iterate_csv
from .fields import Field
from .registry import RESOURCES
from .resource import Resource

NAME = "todo.zip"
MANIFEST = "manifest.json"


def describe_package(portal: str, created: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the Data Package descriptor; ``files`` are its resources, ``created`` is in ISO 8601."""
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
    """Return the descriptor of a CSV file: table schema, size in bytes and SHA-256."""
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


@dataclass(frozen=True)
class Archive:
    """The stored archive with the state of the portal when it was built, from its manifest."""

    path: Path
    built_at: datetime.datetime
    version: int
    restrictions: str

    def is_current(self) -> bool:
        """Check that no public content has changed since it was built."""
        return self.version == read_versions().number

    def may_be_served(self) -> bool:
        """Check that its content is still public: nothing was withdrawn, restricted or has expired."""
        withdrawn = Approval.objects.filter(kind=ApprovalKind.WITHDRAWN, created_at__gte=self.built_at)
        expired = Page.objects.filter(expire_at__gte=self.built_at, expire_at__lte=timezone.now())
        is_as_open = self.restrictions == describe_restrictions()
        return is_as_open and not withdrawn.exists() and not expired.exists()


def archive_folder() -> Path:
    """Return the folder of the archive, which no web server serves."""
    return Path(settings.ABIERTO_DATA) / "opendata"


def find_archive() -> Archive | None:
    """Return the stored archive; None without one, or if it cannot be read."""
    path = archive_folder() / NAME
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
        built_at = datetime.datetime.fromisoformat(manifest["created"])
        return Archive(path, built_at, manifest["version"], manifest["restrictions"])
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        return None


def describe_restrictions() -> str:
    """Return a hash of all page view restrictions."""
    keys = PageViewRestriction.objects.order_by("page", "pk").values_list("page", "restriction_type")
    return hashlib.sha256(repr(list(keys)).encode()).hexdigest()


def build_archive(request: HttpRequest) -> Path:
    """Build the archive and replace the earlier one atomically.

    Content that is published meanwhile may be in one list and not in another. Content that is withdrawn
    meanwhile prevents serving it, because the manifest has the time of the start.
    """
    folder = archive_folder()
    folder.mkdir(parents=True, exist_ok=True)
    started, version = timezone.now(), read_versions().number
    facts = {"version": version, "restrictions": describe_restrictions()}
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as target:
        try:
            with translation.override(settings.LANGUAGE_CODE):
                _write_archive(target, request, started, facts)
            target.flush()
            os.fsync(target.fileno())
            os.replace(target.name, folder / NAME)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(target.name)
            raise
    return folder / NAME


def _write_archive(
    target: Any, request: HttpRequest, started: datetime.datetime, facts: dict[str, Any]
) -> None:
    # Whole seconds would count a withdrawal of the same second, before the start, as a later one.
    created = timezone.localtime(started).isoformat()
    portal = portal_of(request).name
    files: list[dict[str, Any]] = []
    packaged = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for resource in RESOURCES.values():
            entry = _write_list(archive, resource, request)
            files.append(entry)
            packaged.append(describe_file(resource, entry["path"], entry["bytes"], entry["sha256"]))
        package = describe_package(portal, created, packaged)
        texts = {
            "datapackage.json": json.dumps(package, ensure_ascii=False, indent=1),
            "catalogo.ttl": build_graph(portal).serialize(format="turtle"),
            "LICENCIA.txt": f"{licence.NAME}\n{licence.URL}\n",
        }
        for name, text in texts.items():
            files.append(_write_entry(archive, name, [text]))
        manifest = {"created": created, "license": licence.URL, **facts, "files": files}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


def _write_list(archive: zipfile.ZipFile, resource: Resource, request: HttpRequest) -> dict[str, Any]:
    """Write the list of a resource as CSV, row by row; return its entry for the manifest."""
    records = resource.iter_records(resource.in_order(resource.read_public()), request)
    return _write_entry(archive, f"datos/{resource.slug}.csv", iterate_csv(resource.table_fields, records))


def _write_entry(archive: zipfile.ZipFile, name: str, texts: Iterable[str]) -> dict[str, Any]:
    """Write a file of the archive; return its path, size in bytes and SHA-256."""
    return {"path": name, **write_entry(archive, name, map(str.encode, texts))._asdict()}
