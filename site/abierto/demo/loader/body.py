"""From the sections of a content file to the blocks of a page's body.

Block ids are worked out from the page's address and their place, so that the same content always gives the
same body.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail.models import Page

from abierto.demo.loader.content import Entry, paragraphs, read
from blocks.text import anchor_for

Raw = dict[str, Any]
Pages = Mapping[str, Page]

#: Everything the loader names gets its id from here.
NAMESPACE: UUID = uuid5(NAMESPACE_URL, "abierto:demo")


def stable_id(*parts: object) -> str:
    """Return the id of a block, the same at every load."""
    return str(uuid5(NAMESPACE, "/".join(map(str, parts))))


def stream(address: str, blocks: Iterable[tuple[str, Any]]) -> str:
    """Return ``blocks`` as the JSON of a stream, with ids of their own for ``address``."""
    rows = [
        {"type": kind, "value": value, "id": stable_id(address, number)}
        for number, (kind, value) in enumerate(blocks)
    ]
    return json.dumps(rows, default=str)


def body(address: str, sections: Iterable[Entry], pages: Pages | None = None) -> str:
    """Return the sections of a page as its body; links to other pages are looked up in ``pages``."""
    makers: tuple[tuple[str, Callable[[Any], tuple[str, Any]]], ...] = (
        ("heading", heading),
        ("text", lambda text: ("paragraph", paragraphs(text))),
        ("list", lambda entries: text_list("bullets", entries)),
        ("steps", lambda entries: text_list("numbers", entries)),
        ("table", table),
        ("notice", notice),
        ("glossary", lambda _: table(glossary_table())),
        ("municipalities", lambda _: table(municipality_table())),
        ("links", lambda links: link_cards(links, pages or {})),
    )
    found = [make(section[key]) for section in sections for key, make in makers if key in section]
    return stream(address, found)


def heading(text: str) -> tuple[str, Raw]:
    """Return a heading of a section."""
    return "heading", {"text": text, "level": "2", "anchor": anchor_for(text)}


def text_list(kind: str, entries: Iterable[str]) -> tuple[str, Raw]:
    """Return a list, with bullets or numbers."""
    return "list", {"kind": kind, "entries": items(paragraphs(entry) for entry in entries)}


def notice(text: str, title: str = "") -> tuple[str, Raw]:
    """Return something the reader must know."""
    return "notice", {"kind": "info", "title": title, "text": paragraphs(text)}


def table(entry: Entry) -> tuple[str, Raw]:
    """Return a table of words with its title and source."""
    columns = [{"type": "text", "heading": name} for name in entry["head"]]
    rows = [{"values": list(row)} for row in entry["rows"]]
    value = {"columns": columns, "rows": rows, "caption": entry["caption"]}
    return "table", {"table": value, "source": entry["source"], "date": None, "note": ""}


def glossary_table() -> Entry:
    """Return the words that have a meaning, as a table of the page that explains them."""
    explained = [entry for entry in read("glossary")["term"] if "definition" in entry]
    return {
        "caption": "Palabras y lo que significan",
        "head": ["Palabra", "Qué significa"],
        "rows": [[entry["term"], entry["definition"]] for entry in explained],
        "source": "Escrito para este portal",
    }


def municipality_table() -> Entry:
    """Return the municipalities with what a document proves of each."""
    rows = [
        [
            ", ".join([entry["name"], *(f"o {alias}" for alias in entry.get("aliases", []))]),
            f"{entry['population']:,}",
            entry.get("known", "Sin documento"),
        ]
        for entry in read("municipalities")["municipality"]
    ]
    return {
        "caption": "Los 46 municipios y lo que prueban los documentos",
        "head": ["Municipio", "Población en 2020", "Qué consta"],
        "rows": rows,
        "source": "INEGI, Censo de Población y Vivienda 2020; presentación Municipios Abiertos 2022–2024",
    }


def linked_pages(sections: Iterable[Entry]) -> set[str]:
    """Return the addresses of the pages that the sections link to."""
    links = (link for section in sections for link in section.get("links", []))
    return {link["page"] for link in links if "page" in link}


def link_cards(links: Iterable[Entry], pages: Pages) -> tuple[str, Raw]:
    """Return a list of links to pages of the portal, by address, or to other sites."""
    cards = [
        {
            "page": pages[link["page"]].pk if "page" in link else None,
            "url": link.get("url", ""),
            "title": link["text"],
            "text": "",
        }
        for link in links
    ]
    return "links", {"cards": items(cards)}


def items(values: Iterable[Any]) -> list[Raw]:
    """Return the values of a list block as it stores them."""
    return [
        {"type": "item", "value": value, "id": stable_id("item", number, json.dumps(value))}
        for number, value in enumerate(values)
    ]
