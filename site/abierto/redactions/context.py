"""What the templates of the helper show: the text in pieces, and the findings as choices."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from abierto.approval.review.private_data import KIND_LABELS
from abierto.privacy.findings import Level
from abierto.privacy.redaction.texts import Item, item_key
from abierto.privacy.scanning import scan


@dataclass(frozen=True)
class TextPiece:
    """A part of the text; ``label`` is set for one that is found."""

    text: str
    label: Any = ""


def mark_choices(text: str, items: Iterable[Item]) -> list[TextPiece]:
    """Split a text where the findings begin and end."""
    keys = {item.key for item in items}
    pieces, end = [], 0
    for finding in scan(text):
        if finding.start < end or item_key(finding.type, text[finding.start : finding.end]) not in keys:
            continue
        pieces.append(TextPiece(text[end : finding.start]))
        pieces.append(TextPiece(text[finding.start : finding.end], KIND_LABELS[finding.type]))
        end = finding.end
    return [*pieces, TextPiece(text[end:])]


def describe_choices(items: Iterable[Item], chosen: Collection[str]) -> list[dict[str, Any]]:
    """Return the findings as the rows of a list of checkboxes."""
    return [
        {
            "item": item,
            "label": KIND_LABELS[item.kind],
            "is_chosen": item.key in chosen,
            "blocks": item.level == Level.BLOCK,
        }
        for item in items
    ]
