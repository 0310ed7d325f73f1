"""The ids that a stream of choosers stores, read without a query."""

from __future__ import annotations

from wagtail.blocks import StreamValue


def chosen_keys(stream: StreamValue, block_name: str) -> list[int]:
    """Return the ids of the pages chosen in the blocks of this name, in their order."""
    raw = [item for item in stream.raw_data if item.get("type") == block_name]
    return [item["value"] for item in raw if isinstance(item.get("value"), int)]
