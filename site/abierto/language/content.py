"""Read the prose of a page or another object in reading order: summary, text fields, streams, inline rows.

A model lists in ``quoted_fields`` the text fields that are not prose of its author: verbatim quotations of a
document, or lists of words.
"""

from collections.abc import Collection, Iterator

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField

from abierto.text import rich_text_lines

from .pages import ContentPart, PageContent, PartKind

#: Attributes of the panel of a quoted field, by which the script of the edit form skips it.
QUOTED_PANEL = {"data-plain-language-skip": ""}
SUMMARY_FIELD = "summary"
HEADING = "heading"


def is_spanish(instance: models.Model) -> bool:
    """Check whether an object is in Spanish; an object without a locale counts as Spanish."""
    locale = getattr(instance, "locale", None)
    return locale is None or locale.language_code.partition("-")[0] == "es"


def read_own_content(instance: models.Model) -> PageContent:
    """Return the texts of an object without those of its inline rows."""
    return PageContent(tuple(read_fields(instance)), getattr(instance, SUMMARY_FIELD, None))


def read_content(instance: models.Model, left_out: Collection[str] = ()) -> PageContent:
    """Return the texts of an object. This caches the inline rows on it: pass a copy to avoid that.

    Args:
        left_out: names of relations that readers never see, such as comments.
    """
    own = read_own_content(instance)
    parts = list(own.parts)
    for relation in get_all_child_relations(type(instance)):
        name = relation.get_accessor_name()
        if name in left_out:
            continue
        for row in getattr(instance, name).all():
            parts += read_fields(row, f"{name}.{row.pk}.")
    return PageContent(tuple(parts), own.summary)


def read_fields(instance: models.Model, prefix: str = "") -> Iterator[ContentPart]:
    """Yield the texts of the fields of one object; ``prefix`` goes before each key."""
    quoted = getattr(instance, "quoted_fields", ())
    for field in instance._meta.fields:
        is_text = isinstance(field, models.TextField | StreamField)
        if field.name in quoted or not (is_text and field.editable):  # the path of a page is no prose
            continue
        key, value = f"{prefix}{field.name}", getattr(instance, field.attname)
        if isinstance(field, StreamField):
            yield from read_stream(value, key)
        elif value:
            yield ContentPart(key, rich_text_lines(value) if isinstance(field, RichTextField) else value)


def read_stream(stream: StreamValue, key: str) -> Iterator[ContentPart]:
    """Yield the texts of a stream, one part for each of its blocks."""
    for number, child in enumerate(stream):
        if child.block_type == HEADING:
            level = int(child.value.get("level") or 2)
            yield ContentPart(f"{key}.{number}", child.value.get("text") or "", PartKind.HEADING, level)
        else:
            text = "\n".join(child.block.get_searchable_content(child.value))
            if text:
                yield ContentPart(f"{key}.{number}", text)
