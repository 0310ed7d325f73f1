"""References to commitments in the streams of other page types, and queries of the reference index."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.models import Page, ReferenceIndex

from blocks.choosers import PageChoice
from pages.core.reads import read_public

from .commitments import CommitmentPage

COMMITMENT_BLOCKS = [("commitment", PageChoice(label=_("Compromiso"), page_type=["pages.CommitmentPage"]))]


def list_chosen_keys(stream: StreamValue, block_name: str) -> list[int]:
    """Return the ids of the pages chosen in the blocks of this name, in order, without a query."""
    raw = [item for item in stream.raw_data if item.get("type") == block_name]
    return [item["value"] for item in raw if isinstance(item.get("value"), int)]


def find_references(model: type[Page], field: str, target: type[Page], keys: Any) -> QuerySet[ReferenceIndex]:
    """Return the references from the stream ``field`` of the outer page, a ``model``, to pages of ``target``.

    ``keys`` are the ids of those pages as texts, or a query of them.
    """
    kinds = ContentType.objects.get_for_models(Page, model, target)
    return ReferenceIndex.objects.filter(
        base_content_type=kinds[Page],
        content_type=kinds[model],
        object_id=Cast(OuterRef("pk"), CharField()),
        to_content_type__in=(kinds[Page], kinds[target]),
        to_object_id__in=keys,
        model_path__startswith=f"{field}.",
    )


def read_commitments(stream: StreamValue) -> list[CommitmentPage]:
    """Return the public commitments that a stream refers to; no query for an empty stream."""
    keys = list_chosen_keys(stream, "commitment")
    found = read_public(CommitmentPage, keys)
    return [found[key] for key in dict.fromkeys(keys) if key in found]
