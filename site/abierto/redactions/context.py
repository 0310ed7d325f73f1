"""What the templates of the helper show: the text with its findings, and the findings as choices."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from abierto.approval.review.private_data import KIND_LABELS
from abierto.privacy.findings import Level
from abierto.privacy.redaction.texts import Item, item_key
from abierto.privacy.scanning import scan


def mark_choices(text: str, items: Iterable[Item]) -> SafeString:
    """Return a text as HTML with the findings marked; no white space is added between its parts."""
    keys = {item.key for item in items}
    pieces, end = [], 0
    for finding in scan(text):
        value = text[finding.start : finding.end]
        if finding.start < end or item_key(finding.type, value) not in keys:
            continue
        label = KIND_LABELS[finding.type]
        pieces.append(format_html('{}<mark title="{}">{}</mark>', text[end : finding.start], label, value))
        end = finding.end
    return format_html("{}{}", format_html_join("", "{}", ((piece,) for piece in pieces)), text[end:])


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
