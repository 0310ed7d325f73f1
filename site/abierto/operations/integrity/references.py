"""Integrity checks of references in public content."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Page

from abierto.approval.mixins import FourEyesChild, FourEyesMixin
from abierto.approval.references.checks import describe_kind, find_refused_references
from abierto.approval.references.extraction import iter_references
from abierto.tenancy.reference_policy import space_of_content
from blocks.raw_values import StoredReference, unreadable_parts

from .findings import IntegrityFinding

FIX_BROKEN = "Edita el contenido, quita el enlace o elige otra vez, y envíalo a revisión."
FIX_UNREADABLE = "Esa parte no se muestra. Edita el contenido, escríbela otra vez y envíalo a revisión."


def find_broken_references() -> Iterator[IntegrityFinding]:
    """Yield references that are not a valid key, have no target, or point to a file of another space."""
    for model in apps.get_models():
        if issubclass(model, FourEyesMixin):
            for row in model._base_manager.filter(live=True).order_by("pk").iterator():
                yield from find_row_problems(row)


def find_row_problems(row: models.Model) -> Iterator[IntegrityFinding]:
    """Yield the broken references of one public object; links to withdrawn pages are allowed."""
    references = list(iter_references(row))
    to_pages = [reference for reference in references if issubclass(reference.model, Page)]
    others = [reference for reference in references if reference not in to_pages]
    refused = find_refused_references(to_pages, None, None) + find_refused_references(
        others, space_of_content(row), None
    )
    for reference in refused:
        yield IntegrityFinding(
            f"«{row}» ({row._meta.verbose_name} {row.pk}), «{format_field_path(reference)}»: apunta a "
            f"{describe_kind(reference.model)} que no existe o que ahí no se puede usar:"
            f" {shorten_key(reference.key)}.",
            FIX_BROKEN,
        )


def format_field_path(reference: StoredReference) -> str:
    """Return the labels of the field, as the editor sees them."""
    return " › ".join(str(capfirst(label)) for label in reference.labels)


def shorten_key(key: Any) -> str:
    """Return the stored value, cut to 60 characters."""
    return repr(key)[:60]


def find_unreadable_streams() -> Iterator[IntegrityFinding]:
    """Yield public streams with blocks of unknown types, which are not rendered."""
    for model in apps.get_models():
        live = get_live_lookup(model)
        for field in model._meta.local_fields if live else ():
            if isinstance(field, StreamField):
                rows = model._base_manager.filter(**{live: True}).annotate(
                    raw=Cast(field.name, models.TextField())
                )
                for pk, raw in rows.order_by("pk").values_list("pk", "raw"):
                    parts = unreadable_parts(field.stream_block, parse_json(raw))
                    if parts:
                        yield IntegrityFinding(
                            f"{capfirst(model._meta.verbose_name)} {pk}, «{capfirst(field.verbose_name)}»: "
                            f"tiene {parts} partes que no se pueden leer.",
                            FIX_UNREADABLE,
                        )


def get_live_lookup(model: type[models.Model]) -> str:
    """Return the lookup for public rows of ``model``; empty if none can be public."""
    if issubclass(model, FourEyesMixin):
        return "live"
    if issubclass(model, FourEyesChild):
        return next(f"{field.name}__live" for field in model._meta.fields if isinstance(field, ParentalKey))
    return ""


def parse_json(raw: str | None) -> Any:
    """Parse a JSON column, which may contain a JSON string with JSON; return invalid text unchanged."""
    try:
        value = json.loads(raw or "[]")
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return raw
