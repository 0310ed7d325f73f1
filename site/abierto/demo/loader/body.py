"""Builders of page bodies from the sections of a content file.

Block ids are derived from the page's slug and their position, so the same content always gives the same body.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail.models import Page

from abierto.demo.loader.content import Entry, to_paragraphs
from blocks.text import anchor_for

Raw = dict[str, Any]
Pages = Mapping[str, Page]

#: Namespace of all ids of the loader.
NAMESPACE: UUID = uuid5(NAMESPACE_URL, "abierto:demo")


def stable_id(*parts: object) -> str:
    """Return a block id that is the same at every load."""
    return str(uuid5(NAMESPACE, "/".join(map(str, parts))))


def build_stream(address: str, blocks: Iterable[tuple[str, Any]]) -> str:
    """Return the JSON of a stream whose block ids are derived from ``address``."""
    rows = [
        {"type": kind, "value": value, "id": stable_id(address, number)}
        for number, (kind, value) in enumerate(blocks)
    ]
    return json.dumps(rows, default=str)


def build_body(address: str, sections: Iterable[Entry], pages: Pages | None = None) -> str:
    """Return the body of a page; links are resolved in ``pages`` by slug."""
    makers: tuple[tuple[str, Callable[[Any], tuple[str, Any]]], ...] = (
        ("heading", build_heading),
        ("text", lambda text: ("paragraph", to_paragraphs(text))),
        ("list", lambda entries: build_list("bullets", entries)),
        ("steps", lambda entries: build_list("numbers", entries)),
        ("table", build_table),
        ("notice", build_notice),
        ("links", lambda links: build_links(links, pages or {})),
    )
    found = [make(section[key]) for section in sections for key, make in makers if key in section]
    return build_stream(address, found)


def build_heading(text: str) -> tuple[str, Raw]:
    return "heading", {"text": text, "level": "2", "anchor": anchor_for(text)}


def build_list(kind: str, entries: Iterable[str]) -> tuple[str, Raw]:
    """Return a list block with ``kind`` bullets or numbers."""
    return "list", {"kind": kind, "entries": to_list_items(to_paragraphs(entry) for entry in entries)}


def build_notice(text: str, title: str = "") -> tuple[str, Raw]:
    return "notice", {"kind": "info", "title": title, "text": to_paragraphs(text)}


def build_table(entry: Entry) -> tuple[str, Raw]:
    """Return a text table block with caption and source."""
    columns = [{"type": "text", "heading": name} for name in entry["head"]]
    rows = [{"values": list(row)} for row in entry["rows"]]
    value = {"columns": columns, "rows": rows, "caption": entry["caption"]}
    return "table", {"table": value, "source": entry["source"], "date": None, "note": ""}


def linked_slugs(sections: Iterable[Entry]) -> set[str]:
    """Return the slugs of the pages that the sections link to."""
    links = (link for section in sections for link in section.get("links", []))
    return {link["page"] for link in links if "page" in link}


def build_links(links: Iterable[Entry], pages: Pages) -> tuple[str, Raw]:
    """Return a links block; targets are portal pages by slug, or other sites."""
    cards = [
        {
            "page": pages[link["page"]].pk if "page" in link else None,
            "url": link.get("url", ""),
            "title": link["text"],
            "text": "",
        }
        for link in links
    ]
    return "links", {"cards": to_list_items(cards)}


def to_list_items(values: Iterable[Any]) -> list[Raw]:
    """Return the stored form of a list block."""
    return [
        {"type": "item", "value": value, "id": stable_id("item", number, json.dumps(value))}
        for number, value in enumerate(values)
    ]
