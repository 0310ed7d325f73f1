"""Long texts in pieces that a person reads at once, cut where the text itself pauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from search.schema import Passage

SIZE = 1200  # characters; a piece may be shorter, and is longer only when one sentence is

_SENTENCE_END = re.compile(r"(?<=[.!?…;:])\s+")


def split(sections: Iterable[Passage], size: int = SIZE) -> list[Passage]:
    """The sections packed into passages: small neighbours together, long ones in several.

    A section with an anchor starts a passage of its own, so that a result can lead straight to it.
    """
    passages: list[Passage] = []
    for section in sections:
        for piece in _pieces(section, size):
            if passages and _fits(passages[-1], piece, size):
                passages[-1] = _joined(passages[-1], piece)
            else:
                passages.append(piece)
    return passages


def _pieces(section: Passage, size: int) -> Iterator[Passage]:
    text = section.text.strip()
    if len(text) <= size:
        if text or section.heading:
            yield Passage(text, section.heading, section.anchor)
        return
    lines: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        if lines and sum(map(len, lines)) + len(lines) + len(sentence) > size:
            yield Passage(" ".join(lines), section.heading, section.anchor)
            lines = []
        lines.append(sentence)
    yield Passage(" ".join(lines), section.heading, section.anchor)


def _fits(last: Passage, piece: Passage, size: int) -> bool:
    same_place = not piece.anchor or piece.anchor == last.anchor
    return same_place and len(last.text) + len(piece.text) < size


def _joined(last: Passage, piece: Passage) -> Passage:
    heading = last.heading
    if piece.heading and piece.heading != last.heading:
        heading = f"{last.heading}. {piece.heading}".strip(". ")
    return Passage(f"{last.text}\n{piece.text}".strip(), heading, last.anchor)
