"""The interface language, dates in it, and checks that a text has a visible character.

A reason, title or name made of invisible characters counts as empty.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Collection
from html import unescape
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

#: First letters of the Unicode categories that are drawn: letters, numbers, punctuation and symbols.
DRAWN_CATEGORIES = "LNPS"
#: Letters and symbols that are drawn as nothing: Hangul fillers, the empty Braille cell, the null notehead.
BLANK_CHARACTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")
#: Characters of the Unicode category Cf, which come with what is copied from a PDF or a word processor: soft
#: hyphens, spaces and joiners without width, marks of direction. Visible ones stay, and so does a joiner
#: between two emoji, which makes one emoji of them.
HIDDEN_CHARACTERS = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
BLOCK_ENDS = re.compile(r"</(?:p|h\d|li|blockquote|tr|td|th)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
NOTHING_TO_SEE = _("No tiene ninguna letra visible. Escríbelo otra vez.")


def interface_language() -> str:
    """Return the active language if the interface is translated into it, else Spanish."""
    active = get_language() or settings.LANGUAGE_CODE
    return settings.LANGUAGE_CODE if active in settings.ABIERTO_CONTENT_ONLY_LANGUAGES else active


def write_date(day: datetime.date, how: str = "DATE_FORMAT") -> str:
    """Format a date in the interface language, like the text around it."""
    with override(interface_language()):
        return date_format(day, how)


def is_visible(character: str) -> bool:
    """Check that ``character`` leaves a mark on the screen."""
    return character not in BLANK_CHARACTERS and unicodedata.category(character)[0] in DRAWN_CATEGORIES


def remove_hidden(text: str) -> str:
    """Return ``text`` without the characters of ``HIDDEN_CHARACTERS``."""
    return HIDDEN_CHARACTERS.sub("", text)


def rich_text_lines(html: str) -> str:
    """Return rich text as plain text, each paragraph, list item and line on a line of its own."""
    apart = BLOCK_ENDS.sub(lambda found: f"{found[0]}\n", html)
    lines = (line.strip() for line in unescape(strip_tags(apart)).splitlines())
    return "\n".join(line for line in lines if line)


def split_lines(text: str) -> list[str]:
    """Return the lines of ``text`` that are not blank, without the white space around each."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def visible_text(text: str | None) -> str:
    """Return ``text`` without hidden characters and space around it; empty when nothing is visible."""
    stripped = remove_hidden(text or "").strip()
    return stripped if any(is_visible(character) for character in stripped) else ""


class VisibleCharField(forms.CharField):
    """A form field for which text without a visible character is empty."""

    def to_python(self, value: Any) -> str:
        """Return the text, or an empty string."""
        return visible_text(super().to_python(value))


def clean_visible_fields(
    instance: models.Model, clean_fields: Callable[..., None], exclude: Collection[str] | None
) -> None:
    """Run ``clean_fields``, and refuse required text fields without a visible character.

    Raises:
        ValidationError: by field, those of ``clean_fields`` included.
    """
    excluded = set(exclude or ())
    errors: dict[str, Any] = {
        field.name: [ValidationError(NOTHING_TO_SEE, code="blank")]
        for field in instance._meta.fields
        if field.name not in excluded and _is_invisible(field, getattr(instance, field.attname))
    }
    try:
        clean_fields(exclude=excluded | errors.keys())
    except ValidationError as error:
        errors = error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def _is_invisible(field: models.Field, value: Any) -> bool:
    if field.blank or not isinstance(field, models.CharField | models.TextField):
        return False
    if not isinstance(value, str) or not value:
        return False
    return not visible_text(unescape(strip_tags(value)) if isinstance(field, RichTextField) else value)


class VisibleTextModel(models.Model):
    """Abstract model that refuses required texts without a visible character."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check the fields, invisible texts included."""
        clean_visible_fields(self, super().clean_fields, exclude)
