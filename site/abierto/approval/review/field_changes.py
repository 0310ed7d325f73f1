"""The data classes of a comparison, and the sides of two values that differ.

Removals are marked in the first side, additions in the second, with as much detail as the difference needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import compare

from .attachments import Attachment
from .invisible_characters import looks_equal, name_invisible, spell_out

# Few words replaced by few others are easier to read marked as a whole than by letters.
FEW_WORDS = 60


@dataclass(frozen=True)
class ComparedSide:
    """One version of a value: its text with marks, and its attachments."""

    html: SafeString
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class UnchangedValue:
    label: str
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class FieldChange:
    """The change of one field. A side is None where its version has no value."""

    label: str
    path: str
    before: ComparedSide | None
    after: ComparedSide | None
    is_figure: bool = False
    note: str = ""
    blocks: tuple[ChangeGroup, ...] = ()
    #: The field is not in the editing form: shown with less detail.
    is_minor: bool = False
    #: The stored name of the field or relation of the object that it is part of.
    root: str = ""

    @property
    def has_own_places(self) -> bool:
        """Check whether its parts take comments of their own."""
        return any(block.path for block in self.blocks)


@dataclass(frozen=True)
class ChangeGroup:
    """Fields that belong together: those of the page, of one of its rows, of one block."""

    title: str
    path: str = ""
    status: str = ""
    moved: bool = False
    changes: tuple[FieldChange, ...] = ()
    same: tuple[UnchangedValue, ...] = field(default=())
    root: str = ""

    @property
    def status_label(self) -> str:
        """Return the status as text."""
        label = {ADDED: _("Nuevo"), REMOVED: _("Se quita")}.get(self.status, "")
        return label or (_("Cambia de lugar") if self.moved else "")

    @property
    def is_same(self) -> bool:
        return not (self.status or self.moved or self.changes)

    @property
    def main(self) -> list[FieldChange]:
        """The changes of the editing form's fields."""
        return [change for change in self.changes if not change.is_minor]

    @property
    def minor(self) -> list[FieldChange]:
        """The changes of fields outside the editing form."""
        return [change for change in self.changes if change.is_minor]


ADDED, REMOVED = "added", "removed"


def text_sides(before: str, after: str, missing: str) -> tuple[ComparedSide, ComparedSide]:
    """Return both texts with their differences marked."""
    if not before or not after or (max(len(before), len(after)) < FEW_WORDS and not _is_close(before, after)):
        parts = [("deletion", before), ("addition", after)]
    else:
        parts = compare.diff_text(before, after).changes
    return _side(parts, "deletion", missing), _side(parts, "addition", missing)


def _is_close(before: str, after: str) -> bool:
    """Check whether two short texts share most of their words: only then are single words marked."""
    old, new = set(before.split()), set(after.split())
    return len(old & new) * 2 >= min(len(old), len(new))


def _side(parts: Iterable[tuple[str, str]], wanted: str, missing: str) -> ComparedSide:
    shown = [part for part in parts if part[0] in ("equal", wanted) and part[1]]
    tag = "del" if wanted == "deletion" else "ins"
    html = compare.TextDiff(shown).to_html(tag=tag)
    return ComparedSide(html or missing_html(missing))


def missing_html(missing: str) -> SafeString:
    """Return the HTML for a missing value."""
    return SafeString(f'<span class="review-nothing">{escape(missing)}</span>')


def plain_side(text: str, missing: str) -> ComparedSide:
    """Return a side without marks, for a value that is added or removed as a whole."""
    return ComparedSide(SafeString(escape(text)) if text else missing_html(missing))


# --- Stored values beside each other -------------------------------------------------------------------


@dataclass(frozen=True)
class DisplayValue:
    """A value for display: plain text, text with its formats named, and the stored value."""

    words: str
    stored: Any
    formatted: str = ""
    #: The formats of rich text in their order, without paragraphs and links.
    formats: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    #: The value is empty, whatever text is shown for it.
    is_empty: bool = False

    @property
    def spelled(self) -> str:
        """Return the text with its formats and invisible characters named."""
        return spell_out(self.formatted or self.words)


MISSING = object()
"""Marks a value that is not stored at all."""


def serialize_value(stored: Any) -> str:
    """Return a stored value as text, equal only for equal values."""
    if stored is MISSING:
        return ""
    return json.dumps(stored, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)


def is_same(first: Any, second: Any) -> bool:
    """Compare as the hash does: 1 is neither true nor 1.0."""
    return serialize_value(first) == serialize_value(second)


def is_blank(stored: Any) -> bool:
    """Check whether a stored value is empty."""
    return stored is MISSING or stored is None or stored in ("", [], {})


def build_change(
    label: str, path: str, old: DisplayValue, new: DisplayValue, missing: str = ""
) -> FieldChange:
    """Return the change from ``old`` to ``new``, described by the first detail in which the two differ."""
    before, after, note = _describe_difference(old, new)
    left, right = text_sides(before, after, missing or _("(vacío)"))
    return FieldChange(
        label,
        path,
        ComparedSide(left.html, old.attachments),
        ComparedSide(right.html, new.attachments),
        note=note,
    )


def _describe_difference(old: DisplayValue, new: DisplayValue) -> tuple[str, str, str]:
    if not looks_equal(old.words, new.words):
        both_formatted = bool(old.formatted and new.formatted)
        note = _("También cambia el formato.") if both_formatted and old.formats != new.formats else ""
        return old.words, new.words, note
    if old.formatted != new.formatted and old.words == new.words:
        return (
            old.formatted or old.words,
            new.formatted or new.words,
            _("Cambia el formato, no las palabras."),
        )
    if old.spelled != new.spelled:
        return old.spelled, new.spelled, _("Cambian espacios o signos que no se ven.")
    before, after = (name_invisible(serialize_value(display.stored)) for display in (old, new))
    return spell_out(before), spell_out(after), _("Se lee igual, pero lo que se guarda es otra cosa.")


def build_side(display: DisplayValue) -> ComparedSide:
    """Return one side without marks."""
    return ComparedSide(plain_side(display.words, "").html, display.attachments)
