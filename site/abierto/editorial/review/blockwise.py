"""A body of blocks compared as blocks: which come, go, move or change, and the words changed inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from .evidence import Attachment, attachment_of
from .gathered import Block
from .sides import ADDED, REMOVED, Change, Group, Same, Side, plain_side, text_sides
from .words import plain_text, written

Names = Mapping[str, str]
"""What the keys that a block may hold are called by people."""


@dataclass(frozen=True)
class Leaf:
    """One field of a block, as it reads."""

    name: str
    label: str
    text: str
    raw: Any
    attachment: Attachment | None

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """What there is to open."""
        return (self.attachment,) if self.attachment else ()


def block_groups(old: Sequence[Block], new: Sequence[Block], path: str, names: Names) -> tuple[Group, ...]:
    """Return every block of both versions, in the order of the new one, those that go where they were."""
    before = {block.key: block for block in old}
    moved = moved_keys(list(before), [block.key for block in new])
    return tuple(
        _group(before.get(block.key), block, f"{path}.{block.key}", block.key in moved, names)
        if is_there
        else _alone(block, "", REMOVED, names)
        for block, is_there in _in_reading_order(old, new)
    )


def _in_reading_order(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield the blocks of ``new``, and those that are gone right after what stood before them."""
    kept = {block.key for block in new}
    gone_after: dict[str, list[Block]] = {}
    last = ""
    for block in old:
        if block.key in kept:
            last = block.key
        else:
            gone_after.setdefault(last, []).append(block)
    for gone in gone_after.get("", []):
        yield gone, False
    for block in new:
        yield block, True
        for gone in gone_after.get(block.key, []):
            yield gone, False


def moved_keys(old: list[str], new: list[str]) -> set[str]:
    """Return what is in both and does not stand in the same order: the fewest that explain it."""
    common_old = [key for key in old if key in set(new)]
    common_new = [key for key in new if key in set(old)]
    matcher = SequenceMatcher(None, common_old, common_new, autojunk=False)
    still = {
        key for block in matcher.get_matching_blocks() for key in common_old[block.a : block.a + block.size]
    }
    return set(common_old) - still


def _group(old: Block | None, new: Block, path: str, moved: bool, names: Names) -> Group:
    if old is None:
        return _alone(new, path, ADDED, names)
    before = {leaf.name: leaf for leaf in leaves(old.block, old.value, names)}
    changes, same = [], []
    for leaf in leaves(new.block, new.value, names):
        earlier = before.get(leaf.name, leaf)
        if earlier.raw == leaf.raw:
            same += [Same(leaf.label, leaf.text, leaf.attachments)] if leaf.text else []
        else:
            changes.append(_change(earlier, leaf, _path_of(path, leaf)))
    return Group(title_of(new.block), path, moved=moved, changes=tuple(changes), same=tuple(same))


def _change(old: Leaf, new: Leaf, path: str) -> Change:
    left, right = text_sides(old.text, new.text, _("(vacío)"))
    note = "" if old.text != new.text else _("Cambia el formato, no las palabras.")
    return Change(
        new.label,
        path,
        Side(left.html, old.attachments),
        Side(right.html, new.attachments),
        note=note,
    )


def _alone(block: Block, path: str, status: str, names: Names) -> Group:
    """Return a block that only one version has."""
    changes = []
    for leaf in leaves(block.block, block.value, names):
        if not leaf.text:
            continue
        side = Side(plain_side(leaf.text, "").html, leaf.attachments)
        before, after = (side, None) if status == REMOVED else (None, side)
        changes.append(Change(leaf.label, _path_of(path, leaf), before, after))
    return Group(title_of(block.block), path, status=status, changes=tuple(changes))


def _path_of(path: str, leaf: Leaf) -> str:
    return f"{path}.{leaf.name}" if path and leaf.name else path


def title_of(block: Any) -> str:
    """Return how people call this kind of block."""
    return str(capfirst(block.label))


def leaves(block: Any, value: Any, names: Names) -> list[Leaf]:
    """Return the fields of a block; a block of one field is that field."""
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        return [
            _leaf(name, child, value.get(name), names)
            for name, child in block.child_blocks.items()
            if isinstance(value, Mapping)
        ]
    return [_leaf("", block, value, names)]


def _leaf(name: str, block: Any, value: Any, names: Names) -> Leaf:
    raw = block.get_prep_value(value) if not isinstance(value, Model) else (type(value), value.pk, str(value))
    return Leaf(name, title_of(block), words_of(block, value, names), raw, attachment_of(value))


def words_of(block: Any, value: Any, names: Names) -> str:
    """Return what a block says, as words."""
    if value is None or value == "":
        return ""
    if isinstance(value, RichText):
        return plain_text(value.source)
    if isinstance(block, blocks.ChoiceBlock):
        return _choice(block, value)
    if isinstance(value, blocks.StreamValue):
        return "\n".join(filter(None, (words_of(child.block, child.value, names) for child in value)))
    if isinstance(block, blocks.ListBlock):
        return "\n".join(filter(None, (words_of(block.child_block, one, names) for one in value)))
    if isinstance(block, blocks.StructBlock) and isinstance(value, Mapping):
        said = (leaf for leaf in leaves(block, value, names) if leaf.text)
        return "\n".join(f"{leaf.label}: {leaf.text}" for leaf in said)
    if isinstance(value, Model):
        return _described(value)
    if isinstance(block, blocks.FieldBlock):
        return names.get(str(value), written(value)) if isinstance(value, str) else written(value)
    return plain_text(block.render_basic(value))


def _choice(block: blocks.ChoiceBlock, value: Any) -> str:
    """Return the label of a choice; one that no longer exists as it was kept."""
    for stored, label in block.field.choices:
        if isinstance(label, list | tuple):
            found = dict(label).get(value)
            if found:
                return str(found)
        elif stored == value:
            return str(label)
    return str(value)


def _described(value: Model) -> str:
    """Return what a chosen object is called; of a picture, also what it says to whoever does not see it."""
    alternative = getattr(value, "contextual_alt_text", None)
    return f"{value}\n{alternative}" if alternative else str(value)
