"""Reduce versions of a page to the content that the public may still read.

The serialized content of a revision is cut before any object is built from it, so that no comparison can show
the removed parts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from abierto.approval.references.extraction import parse_stream
from abierto.media.models.base import OwnedFile
from abierto.tenancy.visibility import filter_public
from blocks.fields import KeyBlock
from blocks.raw_values import readable, stored_key

from .checks import public_history_fields

MayName = Callable[[type[models.Model], Any], bool]
"""Checks whether a version may still name the object of that model with that key."""

LINKED: dict[str, Callable[[], type[models.Model]]] = {
    "page": lambda: Page,
    "document": get_document_model,
}
"""The models of the targets of rich-text links, by link type."""

HIDDEN = object()
"""The value that replaces a block that is not shown."""

IDENTITY = frozenset({"pk", "locale", "page", "sort_order", "translation_key"})
"""Fields that identify a row and are never printed."""


def public_content(model: type[models.Model], content: dict[str, Any], keep: MayName) -> dict[str, Any]:
    """Return ``content``, the serialized data of a version of ``model``, with the shown fields only."""
    shown = public_history_fields(model)
    cut = {name: content[name] for name in IDENTITY if name in content}
    for field in model._meta.fields:
        if field.name in shown and field.name in content:
            cut[field.name] = _public_value(field, content[field.name], keep)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in shown and content.get(name):
            cut[name] = [public_content(relation.related_model, row, keep) for row in content[name]]
    for field in get_all_child_m2m_relations(model):
        if field.name in shown and content.get(field.name):
            target = field.related_model
            keys = (stored_key(value, target) for value in content[field.name])
            cut[field.name] = [key for key in keys if key is not None and keep(target, key)]
    return cut


def _public_value(field: models.Field, value: Any, keep: MayName) -> Any:
    if isinstance(field, StreamField):
        block = field.stream_block
        return json.dumps(_public_block(block, readable(block, parse_stream(value)), keep))
    if isinstance(field, RichTextField):
        return _public_rich_text(value, keep)
    if isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey) and value is not None:
        key = stored_key(value, field.related_model)
        return key if key is not None and keep(field.related_model, key) else None
    return value


def _public_block(block: blocks.Block, value: Any, keep: MayName) -> Any:
    """Return the raw value of a block without non-public objects and without inner keys.

    A block that only presents a non-public object is replaced with all its text by `HIDDEN`.
    """
    if isinstance(block, KeyBlock):
        return ""
    if isinstance(block, blocks.RichTextBlock):
        return _public_rich_text(value, keep)
    if isinstance(block, blocks.StreamBlock):
        known = [child for child in value or [] if child.get("type") in block.child_blocks]
        children = [
            (child, _public_block(block.child_blocks[child["type"]], child["value"], keep)) for child in known
        ]
        return [{**child, "value": shown} for child, shown in children if shown is not HIDDEN]
    if isinstance(block, blocks.ListBlock):
        items = (_public_item(block.child_block, item, keep) for item in value or [])
        return [item for item in items if item is not HIDDEN]
    if isinstance(block, blocks.StructBlock):
        return _public_struct(block, value, keep)
    if isinstance(block, ChooserBlock):
        if value is None or keep(block.model_class, value):
            return value
        return HIDDEN if block.required else None
    # Tables hold texts and numbers only; an unknown kind of block is hidden.
    return value if isinstance(block, blocks.FieldBlock | TypedTableBlock) else HIDDEN


def _public_struct(block: blocks.StructBlock, value: Any, keep: MayName) -> Any:
    if not isinstance(value, dict):
        return HIDDEN
    known = {name: part for name, part in value.items() if name in block.child_blocks}
    cut = {name: _public_block(block.child_blocks[name], part, keep) for name, part in known.items()}
    return HIDDEN if any(part is HIDDEN for part in cut.values()) else cut


def _public_item(block: blocks.Block, item: Any, keep: MayName) -> Any:
    """Return an item of a list; one written before items had ids is the value itself."""
    if not (isinstance(item, dict) and item.keys() >= {"type", "value"} and item["type"] == "item"):
        return _public_block(block, item, keep)
    shown = _public_block(block, item["value"], keep)
    return HIDDEN if shown is HIDDEN else {**item, "value": shown}


def _public_rich_text(html: str | None, keep: MayName) -> str:
    """Return rich text that links only to pages and files of this portal that are still public."""
    soup = BeautifulSoup(html or "", "html.parser")
    for link in soup.find_all("a", linktype=True):
        target = LINKED.get(str(link["linktype"]))
        if target is None or not link.get("id") or not keep(target(), str(link["id"])):
            link.unwrap()
    for picture in soup.find_all("embed"):
        picture.decompose()
    return str(soup)


def find_named_objects(
    model: type[models.Model], contents: Iterable[dict[str, Any]]
) -> dict[type[models.Model], set[Any]]:
    """Return the keys of the objects that the public content of versions refers to, by model."""
    found: dict[type[models.Model], set[Any]] = {}

    def note(target: type[models.Model], key: Any) -> bool:
        found.setdefault(target, set()).add(str(key))
        return True

    for content in contents:
        public_content(model, content, note)
    return found


REGISTRY = "registry"
ObjectKeys = dict[type[models.Model], set[Any]]


def filter_still_public(page: Page, contents: list[dict[str, Any]]) -> tuple[MayName, ObjectKeys]:
    """Return the filters for the objects that versions of ``page`` may show, and the hidden objects.

    Registry rows must be public, and pages open to all visitors now. Files must be on the public page today:
    a file that was removed may be the reason for the new version.
    """
    model = type(page)
    named = find_named_objects(model, contents)
    live = find_named_objects(model, [page.serializable_data()])
    public_keys = {
        target: _public_among(target, keys, live.get(target, set())) for target, keys in named.items()
    }
    hidden = {
        target: keys - public_keys[target] for target, keys in named.items() if keys - public_keys[target]
    }

    def keep(target: type[models.Model], key: Any) -> bool:
        return str(key) in public_keys.get(target, set())

    return keep, hidden


def _public_among(target: type[models.Model], keys: set[Any], live: set[Any]) -> set[Any]:
    """Return the public keys of one model; none for an unknown model."""
    if issubclass(target, OwnedFile):
        return keys & live
    if issubclass(target, Page):
        found = filter_public(Page.objects.filter(pk__in=keys))
    elif target._meta.app_label == REGISTRY:
        found = target._default_manager.filter(pk__in=keys)
        if any(field.name == "live" for field in target._meta.fields):
            found = found.filter(live=True)
    else:
        return set()
    return {str(key) for key in found.values_list("pk", flat=True)}
