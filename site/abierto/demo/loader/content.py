"""Reading the content files, and turning their plain paragraphs into HTML."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.html import escape

CONTENT = Path(__file__).parents[1] / "content"

Entry = Mapping[str, Any]


def read(name: str) -> dict[str, Any]:
    """Return the content file called ``name``, without its extension."""
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def only(entry: Entry, *names: str) -> dict[str, Any]:
    """Return those of ``names`` that ``entry`` has, as fields of a model."""
    return {name: entry[name] for name in names if name in entry}


def paragraphs(text: str) -> str:
    """Return ``text`` as HTML paragraphs; a blank line parts two of them."""
    return "".join(
        f"<p>{escape(' '.join(part.split()))}</p>" for part in text.strip().split("\n\n") if part.strip()
    )


def bullets(lines: Iterable[str]) -> str:
    """Return ``lines`` as an HTML list."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
