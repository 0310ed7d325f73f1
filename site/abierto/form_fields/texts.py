"""Form fields of texts and addresses, which clean pasted text and complete typed addresses."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from django import forms

from abierto.text import remove_hidden

#: Names of sites that people type without their scheme: «www.x.gob.mx», «x.org/datos».
BARE_ADDRESS = re.compile(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.(?:mx|com|org|net|edu|gov|int))(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
LINK_TARGET = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")', re.IGNORECASE)


def complete_address(text: str) -> str:
    """Return the address with ``https://`` before it when it is the name of a site without a scheme."""
    stripped = text.strip()
    return f"https://{stripped}" if BARE_ADDRESS.fullmatch(stripped) else text


def complete_links(html: str) -> str:
    """Return rich text with every link to the bare name of a site completed."""
    return LINK_TARGET.sub(
        lambda found: f"{found[1]}{escape(complete_address(unescape(found[2])))}{found[3]}", html
    )


class TextField(forms.CharField):
    """A text without the hidden characters of word processors."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return remove_hidden(text) if isinstance(text, str) else text


class FormattedTextField(TextField):
    """Rich text, with its links completed."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return complete_links(text) if isinstance(text, str) else text


class WebAddressField(TextField):
    """A web address; its scheme may be left out."""

    widget = forms.URLInput

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return complete_address(text) if isinstance(text, str) else text
