"""Whether what public content points at is there, and may be shown where it stands."""

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
from blocks.stored import StoredReference, unreadable_parts

from .findings import Finding

FIX_BROKEN = "Edita el contenido, quita el enlace o elige otra vez, y envíalo a revisión."
FIX_UNREADABLE = "Esa parte no se muestra. Edita el contenido, escríbela otra vez y envíalo a revisión."


def broken_references() -> Iterator[Finding]:
    """Yield what public pages and rows name and is no key, does not exist, or is another space's file."""
    for model in apps.get_models():
        if issubclass(model, FourEyesMixin):
            for row in model._base_manager.filter(live=True).order_by("pk").iterator():
                yield from problems_of(row)


def problems_of(row: models.Model) -> Iterator[Finding]:
    """Yield the broken references of one public page or row; a link to a withdrawn page is not one."""
    references = list(iter_references(row))
    to_pages = [reference for reference in references if issubclass(reference.model, Page)]
    others = [reference for reference in references if reference not in to_pages]
    refused = find_refused_references(to_pages, None, None) + find_refused_references(
        others, space_of_content(row), None
    )
    for reference in refused:
        yield Finding(
            f"«{row}» ({row._meta.verbose_name} {row.pk}), «{place_of(reference)}»: apunta a "
            f"{describe_kind(reference.model)} que no existe o que ahí no se puede usar:"
            f" {shown(reference.key)}.",
            FIX_BROKEN,
        )


def place_of(reference: StoredReference) -> str:
    """Return the field, as the editor reads it."""
    return " › ".join(str(capfirst(label)) for label in reference.labels)


def shown(key: Any) -> str:
    """Return what is stored in the place of a key, cut to a line."""
    return repr(key)[:60]


def unreadable_streams() -> Iterator[Finding]:
    """Yield the public streams with parts that match no block type, and are not rendered."""
    for model in apps.get_models():
        live = live_lookup(model)
        for field in model._meta.local_fields if live else ():
            if isinstance(field, StreamField):
                rows = model._base_manager.filter(**{live: True}).annotate(
                    raw=Cast(field.name, models.TextField())
                )
                for pk, raw in rows.order_by("pk").values_list("pk", "raw"):
                    parts = unreadable_parts(field.stream_block, loaded(raw))
                    if parts:
                        yield Finding(
                            f"{capfirst(model._meta.verbose_name)} {pk}, «{capfirst(field.verbose_name)}»: "
                            f"tiene {parts} partes que no se pueden leer.",
                            FIX_UNREADABLE,
                        )


def live_lookup(model: type[models.Model]) -> str:
    """Return how to ask whether a row of ``model`` is public; empty for what never is."""
    if issubclass(model, FourEyesMixin):
        return "live"
    if issubclass(model, FourEyesChild):
        return next(f"{field.name}__live" for field in model._meta.fields if isinstance(field, ParentalKey))
    return ""


def loaded(raw: str | None) -> Any:
    """Return the JSON of a column, which may hold JSON inside of JSON; the text itself when it is none."""
    try:
        value = json.loads(raw or "[]")
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return raw
