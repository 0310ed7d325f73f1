"""Compare the installed packages with a file of advisories in OSV's format (https://ossf.github.io/osv-schema/).

The administrator downloads the file, so a server without Internet access can be checked too. It is OSV's ZIP
of the Python packages, or a JSON list of records.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEM = "PyPI"


@dataclass(frozen=True, order=True)
class Advisory:
    """An advisory that applies to an installed package; ``fixed`` is the first fixed version, if known."""

    package: str
    version: str
    identifier: str
    summary: str
    fixed: str


def installed_packages() -> dict[str, str]:
    """Return the version of each installed package by its normalized name."""
    return {canonicalize_name(found.name): found.version for found in metadata.distributions() if found.name}


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file.

    Raises:
        ValueError: if it is neither a ZIP of records nor a list of them.
    """
    if not zipfile.is_zipfile(path):
        records = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise ValueError("not a list of advisories")
        yield from records
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield json.loads(archive.read(name))


def find_advisories(records: Iterable[dict[str, Any]], installed: dict[str, str]) -> list[Advisory]:
    """Return the advisories that apply, by package; withdrawn ones do not."""
    found = []
    for record in records:
        if record.get("withdrawn"):
            continue
        for affected in record.get("affected", []):
            package = affected.get("package", {})
            name = canonicalize_name(package.get("name", ""))
            version = installed.get(name, "")
            if package.get("ecosystem") == ECOSYSTEM and version and is_affected(version, affected):
                summary = record.get("summary") or record.get("details", "")[:200]
                found.append(Advisory(name, version, record["id"], summary, first_fix(version, affected)))
    return sorted(set(found))


def is_affected(version: str, affected: dict[str, Any]) -> bool:
    """Check whether the versions or the ranges of an advisory contain a version."""
    if version in affected.get("versions", []):
        return True
    return any(_is_in_range(version, one) for one in affected.get("ranges", []) if one["type"] == "ECOSYSTEM")


def _is_in_range(version: str, affected_range: dict[str, Any]) -> bool:
    """Evaluate the events of a range in the order of their versions, as OSV specifies."""
    inside, own = False, Version(version)
    for kind, at in sorted(_events(affected_range), key=lambda event: event[1]):
        if kind == "introduced" and own >= at:
            inside = True
        elif (kind == "fixed" and own >= at) or (kind == "last_affected" and own > at):
            inside = False
    return inside


def _events(affected_range: dict[str, Any]) -> Iterator[tuple[str, Version]]:
    for event in affected_range.get("events", []):
        for kind, text in event.items():
            try:
                yield kind, Version(text)
            except InvalidVersion:
                continue


def first_fix(version: str, affected: dict[str, Any]) -> str:
    """Return the lowest fixed version above the installed one; empty if none is known."""
    events = (
        event for one in affected.get("ranges", []) if one["type"] == "ECOSYSTEM" for event in _events(one)
    )
    fixes = [at for kind, at in events if kind == "fixed" and at > Version(version)]
    return str(min(fixes)) if fixes else ""
