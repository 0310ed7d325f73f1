"""Validation of link targets, for blocks and model fields."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

_is_web_address = URLValidator(schemes=["http", "https"])
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def validate_web_address(value: str) -> None:
    """Refuse anything but an http or https address, and addresses with a user name or password."""
    try:
        parts = urlsplit(value)
        scheme, has_credentials = parts.scheme.lower(), parts.username is not None
    except ValueError as error:
        raise _malformed_address_error() from error
    if scheme not in ("http", "https"):
        raise ValidationError(
            _("Escribe una dirección completa que empiece con https:// o http://."), code="scheme"
        )
    if has_credentials:
        raise ValidationError(
            _("Quita el usuario y la contraseña de la dirección: cualquiera podría leerlos."),
            code="credentials",
        )
    if not value.isprintable():
        raise _malformed_address_error()
    try:
        _is_web_address(value)
    except ValidationError as error:
        raise _malformed_address_error() from error


def _malformed_address_error() -> ValidationError:
    return ValidationError(
        _("Revisa la dirección: le falta el nombre del sitio o tiene espacios."), code="malformed"
    )


def validate_key(value: str) -> None:
    """Refuse values that cannot be a URL fragment or the identifier of a block."""
    if not _KEY.fullmatch(value):
        raise ValidationError(_("Usa solo letras sin acento, números y guiones, sin espacios."), code="key")


class _LinkFinder(HTMLParser):
    """Collect the link targets of a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.targets += [value or "" for name, value in attrs if name == "href"]


def validate_rich_links(html: str) -> None:
    """Apply the rule for links to the links within a text.

    The editor itself would allow `ftp:`. Links to pages and documents have an id and no address.
    """
    finder = _LinkFinder()
    finder.feed(html)
    finder.close()
    for target in finder.targets:
        if not _is_internal_or_contact(target):
            validate_web_address(target)


def _is_internal_or_contact(target: str) -> bool:
    """Check whether the link stays in this site, or is a mail or telephone link."""
    if target.startswith("/"):
        return not target.startswith(("//", "/\\"))  # browsers read both as another site
    return target.startswith("#") or target.lower().startswith(("mailto:", "tel:"))
