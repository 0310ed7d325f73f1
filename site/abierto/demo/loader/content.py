"""Reader of the content files and conversion of plain text to HTML."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.html import escape

CONTENT = Path(__file__).parents[1] / "content"

Entry = Mapping[str, Any]


def read_content(name: str) -> dict[str, Any]:
    """Return the content file ``name`` (without extension)."""
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def select_fields(entry: Entry, *names: str) -> dict[str, Any]:
    """Return the given fields that ``entry`` has, as keyword arguments for a model."""
    return {name: entry[name] for name in names if name in entry}


def source_fields(entry: Entry) -> dict[str, Any]:
    """Return the name and the date of the document that ``entry`` was copied from, as fields of a page.

    Empty for what was written for this portal.
    """
    if "document" not in entry:
        return {}
    document = read_content("documents")[entry["document"]]
    return {"source_name": document["name"], "source_date": document.get("date")}


def to_paragraphs(text: str) -> str:
    """Return ``text`` as HTML paragraphs, separated by blank lines."""
    return "".join(
        f"<p>{escape(' '.join(part.split()))}</p>" for part in text.strip().split("\n\n") if part.strip()
    )


def to_bullets(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
