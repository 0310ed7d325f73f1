"""Read the evidence of many rows with their public documents in one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.dateparse import parse_date
from wagtail.fields import StreamValue

from blocks.evidence import EvidenceBlock, EvidenceValue
from blocks.raw_values import readable

from .link_targets import current_link_targets

_BLOCK = EvidenceBlock()


def read_evidence(streams: Iterable[StreamValue]) -> list[list[EvidenceValue]]:
    """Return the pieces of evidence of each stream, in the order of ``streams``.

    A stream queries its own documents; a page with thirty rows would need thirty queries.
    """
    raw = [[readable(_BLOCK, child["value"]) for child in stream.raw_data] for stream in streams]
    wanted = {value["document"] for values in raw for value in values if value.get("document")}
    documents = current_link_targets().documents(wanted, only_these=True)
    return [[_piece(value, documents) for value in values] for values in raw]


def _piece(value: dict[str, Any], documents: dict[Any, Any]) -> EvidenceValue:
    published = value.get("published_on")
    return EvidenceValue(
        _BLOCK,
        {
            "title": value.get("title") or "",
            "kind": value.get("kind") or "",
            "url": value.get("url") or "",
            "document": documents.get(value.get("document")),
            "published_on": parse_date(published) if published else None,
            "description": value.get("description") or "",
            "means_key": value.get("means_key") or "",
        }.items(),
    )
