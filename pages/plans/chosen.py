"""The commitments that pages of other types choose, and the ids that a stream of choosers stores."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from blocks.choosers import PageChoice
from pages.core.reads import read_public

from .commitments import CommitmentPage

COMMITMENT_BLOCKS = [("commitment", PageChoice(label=_("Compromiso"), page_type=["pages.CommitmentPage"]))]


def chosen_keys(stream: StreamValue, block_name: str) -> list[int]:
    """Return the ids of the pages chosen in the blocks of this name, in their order, without a query."""
    raw = [item for item in stream.raw_data if item.get("type") == block_name]
    return [item["value"] for item in raw if isinstance(item.get("value"), int)]


def read_commitments(stream: StreamValue) -> list[CommitmentPage]:
    """Return the public commitments among the chosen ones; no query if none is chosen."""
    keys = chosen_keys(stream, "commitment")
    found = read_public(CommitmentPage, keys)
    return [found[key] for key in dict.fromkeys(keys) if key in found]
