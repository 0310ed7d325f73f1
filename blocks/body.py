"""The stream block of a page body and its block types."""

from typing import Any

from wagtail import blocks

from blocks.base import PortalStreamBlock
from blocks.data import DataTableBlock, KeyFigureBlock, TimelineBlock
from blocks.links import CommitmentsBlock, LinkCardsBlock
from blocks.media import DocumentLinkBlock, FigureBlock, VideoLinkBlock
from blocks.notice import AccordionBlock, NoticeBlock
from blocks.text import HeadingBlock, ParagraphBlock, PeopleBlock, QuoteBlock, TextListBlock

BODY_BLOCKS: list[tuple[str, blocks.Block]] = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("list", TextListBlock()),
    ("quote", QuoteBlock()),
    ("notice", NoticeBlock()),
    ("accordion", AccordionBlock()),
    ("image", FigureBlock()),
    ("document", DocumentLinkBlock()),
    ("video", VideoLinkBlock()),
    ("table", DataTableBlock()),
    ("key_figure", KeyFigureBlock()),
    ("timeline", TimelineBlock()),
    ("people", PeopleBlock()),
    ("links", LinkCardsBlock()),
    ("commitments", CommitmentsBlock()),
]


class BodyBlock(PortalStreamBlock):
    """The body of a page: `BODY_BLOCKS`, with no two headings under the same link."""

    def __init__(self, local_blocks: list[tuple[str, blocks.Block]] | None = None, **kwargs: Any) -> None:
        super().__init__(BODY_BLOCKS if local_blocks is None else local_blocks, **kwargs)

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        cleaned = super().clean(value)
        taken: set[str] = set()
        for child in cleaned:
            if child.block_type == "heading" and child.value["anchor"]:
                child.value["anchor"] = _unused_anchor(child.value["anchor"], taken)
                taken.add(child.value["anchor"])
        return cleaned


def _unused_anchor(anchor: str, taken: set[str]) -> str:
    """Return the anchor, numbered when an earlier heading has it."""
    number, candidate = 1, anchor
    while candidate in taken:
        number += 1
        candidate = f"{anchor}-{number}"
    return candidate
