"""Display text of stored values, with as much detail as two of them need to differ."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from .attachments import Attachment
from .invisible_characters import looks_equal, name_invisible, spell_out
from .side_by_side import Change, Side, plain_side, text_sides


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
"""In the place of a value that is not stored at all."""


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


def build_change(label: str, path: str, old: DisplayValue, new: DisplayValue, missing: str = "") -> Change:
    """Return the change from ``old`` to ``new``, described by the first detail in which the two differ."""
    before, after, note = _describe_difference(old, new)
    left, right = text_sides(before, after, missing or _("(vacío)"))
    return Change(label, path, Side(left.html, old.attachments), Side(right.html, new.attachments), note=note)


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


def build_side(display: DisplayValue) -> Side:
    """Return one side without marks."""
    return Side(plain_side(display.words, "").html, display.attachments)
