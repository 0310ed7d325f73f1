"""Rich text as plain text, with link targets, picture descriptions and unknown markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import CData, Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag
from django.utils.translation import gettext as _

from .invisible_characters import name_invisible

LINE_BREAK_TAGS = frozenset({"p", "li", "br", "h2", "h3", "h4", "h5", "h6", "tr", "dt", "dd", "div", "hr"})
SILENT_TAGS = LINE_BREAK_TAGS | {"b", "strong", "i", "em", "ul", "ol", "a", "embed"}
SILENT_ATTRIBUTES = frozenset({"data-block-key"})
DESCRIBED_ATTRIBUTES = {
    "a": frozenset({"href", "linktype", "id"}),
    "embed": frozenset({"embedtype", "id", "alt", "format", "url"}),
}
"""Attributes that the words tell; any other is printed as it is stored."""

MARKUP = (Comment, CData, Declaration, Doctype, ProcessingInstruction)


class Reference(NamedTuple):
    """An object of this portal that rich text names: "page", "document" or "image", and its stored key."""

    kind: str
    key: str


Describe = Callable[[Reference], str]


def iter_rich_text_references(html: str) -> Iterator[Reference]:
    """Yield the objects that a rich text names by their keys."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(["a", "embed"]):
        reference = _reference_of(tag)
        if reference is not None:
            yield reference


def _reference_of(tag: Tag) -> Reference | None:
    kind = str(tag.get("linktype" if tag.name == "a" else "embedtype") or "")
    key = tag.get("id")
    return Reference(kind, str(key)) if kind in ("page", "document", "image") and key is not None else None


def plain_text(html: str, describe: Describe | None = None) -> str:
    """Convert rich text to plain text: a line for each paragraph, and after each link its target."""
    return _lines("".join(_words(BeautifulSoup(html, "html.parser"), describe or _stored_key, named=False)))


def formatted_text(html: str, describe: Describe | None = None) -> str:
    """Convert rich text to plain text with its formats named."""
    return _lines("".join(_words(BeautifulSoup(html, "html.parser"), describe or _stored_key, named=True)))


def formats_in(html: str) -> tuple[str, ...]:
    """Return the formats of rich text in their order, without paragraphs and links."""
    tags = BeautifulSoup(html, "html.parser").find_all(True)
    return tuple(tag.name for tag in tags if tag.name not in ("p", "br", "a", "embed"))


def _lines(text: str) -> str:
    # Not str.split(): it would also split at no-break spaces.
    lines = (" ".join(part for part in line.split(" ") if part) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _stored_key(reference: Reference) -> str:
    kinds = {"page": _("página"), "document": _("documento"), "image": _("imagen")}
    return f"{kinds[reference.kind]} {reference.key}"


def _words(tag: Tag, describe: Describe, *, named: bool) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            yield from _element(child, describe, named=named)
        elif isinstance(child, MARKUP):
            yield f"<!{child}>"
        elif isinstance(child, NavigableString):
            yield name_invisible(str(child).replace("\n", " ").replace("\t", " "))


def _element(tag: Tag, describe: Describe, *, named: bool) -> Iterator[str]:
    yield from _opening(tag, named=named)
    yield from _words(tag, describe, named=named)
    if tag.name == "a":
        yield f" ({_target(tag, describe)})"
    elif tag.name == "embed":
        yield f"[{_embedded(tag, describe)}]"
    if tag.name in LINE_BREAK_TAGS:
        yield "\n"
    elif named or tag.name not in SILENT_TAGS:
        yield f"</{tag.name}>" if tag.name not in SILENT_TAGS else f"[/{_format_name(tag.name)}]"


def _opening(tag: Tag, *, named: bool) -> Iterator[str]:
    described = DESCRIBED_ATTRIBUTES.get(tag.name, frozenset()) | SILENT_ATTRIBUTES
    unusual = "".join(f' {name}="{value}"' for name, value in tag.attrs.items() if name not in described)
    if unusual or tag.name not in SILENT_TAGS:
        yield f"<{tag.name}{unusual}>"
    elif named:
        yield f"[{_format_name(tag.name)}]"


def _format_name(tag: str) -> str:
    return {
        "p": _("párrafo"),
        "b": _("negrita"),
        "strong": _("negrita"),
        "i": _("cursiva"),
        "em": _("cursiva"),
        "ul": _("lista"),
        "ol": _("lista numerada"),
        "li": _("punto"),
        "br": _("salto de línea"),
        "a": _("enlace"),
    }.get(tag, tag)


def _target(tag: Tag, describe: Describe) -> str:
    """Return the target of a link: an address, a described object, or the stored value."""
    stored = [f'{name}="{tag[name]}"' for name in ("linktype", "id") if name in tag.attrs]
    reference = _reference_of(tag)
    parts = [str(tag["href"])] if tag.get("href") else []
    if reference is not None:
        parts.append(describe(reference))
    elif stored:
        parts.append(" ".join(stored))
    return name_invisible(", ".join(parts) or _("sin dirección"))


def _embedded(tag: Tag, describe: Describe) -> str:
    reference = _reference_of(tag)
    stored = [
        f'{name}="{value}"' for name, value in tag.attrs.items() if name in DESCRIBED_ATTRIBUTES["embed"]
    ]
    if reference is None or reference.kind != "image":
        return name_invisible(" ".join(stored))
    words = [describe(reference)]
    alternative = str(tag.get("alt") or "")
    words.append(
        _("texto alternativo «%(text)s»") % {"text": alternative} if alternative else _("decorativa")
    )
    if tag.get("format"):
        words.append(_("formato %(format)s") % {"format": tag["format"]})
    return name_invisible(", ".join(words))
