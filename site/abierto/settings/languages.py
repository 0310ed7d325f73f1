"""The languages of the portal, from ``ABIERTO_LANGUAGES``.

An entry is a code of ISO 639, optionally with the language's own name and its direction: «en», «oto:Hñöhñu»,
«kmr:کورمانجی:rtl». The defaults of both are those of Django. Spanish is the source at any position.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polib  # type: ignore[import-untyped]
from django.conf import locale
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from django.utils.translation import to_locale

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VARIABLE = "ABIERTO_LANGUAGES"
SPANISH, SOURCE = "es", "es-mx"
DIRECTIONS = {"": False, "ltr": False, "rtl": True}
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")


@dataclass(frozen=True)
class Language:
    """A configured language; a language without a name is shown by its code."""

    code: str
    own_name: str = ""
    is_right_to_left: bool = False

    @property
    def known(self) -> dict[str, object] | None:
        """Return Django's information about the language or its base language; None for an unknown one."""
        return locale.LANG_INFO.get(self.code) or locale.LANG_INFO.get(self.code.partition("-")[0])

    @property
    def label(self) -> StrOrPromise:
        """Return the name for ``LANGUAGES``, translated if Django's catalogues have it."""
        if self.code == SOURCE:
            return _("Español")
        known = self.known
        if self.own_name or known is None or "name" not in known:
            return self.own_name or self.code
        return _(str(known["name"]))


def read_languages(entries: Iterable[str]) -> list[Language]:
    """Parse the entries of the variable, in their order.

    Raises:
        ImproperlyConfigured: for an invalid or repeated entry, and without Spanish.
    """
    found: dict[str, Language] = {}
    for entry in entries:
        code, own_name, direction = (*(part.strip() for part in entry.split(":")), "", "")[:3]
        code = SOURCE if code.lower() == SPANISH else code.lower()
        if not _CODE.fullmatch(code) or direction not in DIRECTIONS or entry.count(":") > 2:
            raise ImproperlyConfigured(
                f"En {VARIABLE} no se entiende «{entry}». Escribe el código de cada lengua (ISO 639), y si "
                f"hace falta su nombre y su dirección: {VARIABLE}=es,en,oto:Hñöhñu"
            )
        if code in found:
            raise ImproperlyConfigured(f"En {VARIABLE} está dos veces «{code}».")
        found[code] = Language(code, own_name, DIRECTIONS[direction])
    if SOURCE not in found:
        raise ImproperlyConfigured(f"En {VARIABLE} falta «es»: el español es la lengua de origen.")
    return list(found.values())


def register(languages: Iterable[Language], bidirectional: Iterable[str]) -> list[str]:
    """Add unknown languages to Django's ``LANG_INFO``; return the codes of right-to-left languages."""
    from_right = dict.fromkeys(bidirectional)
    for language in languages:
        if language.known is None:
            name = language.own_name or language.code
            locale.LANG_INFO[language.code] = {
                "bidi": language.is_right_to_left,
                "code": language.code,
                "name": name,
                "name_local": name,
            }
        if language.is_right_to_left:
            from_right[language.code.partition("-")[0]] = None
    return list(from_right)


def find_catalogue(code: str, folders: Iterable[Path]) -> Path | None:
    """Return the portal's catalogue of a language or of its base language, unless it is empty."""
    for name in dict.fromkeys((to_locale(code), code.partition("-")[0])):
        for folder in folders:
            path = folder / name / "LC_MESSAGES" / "django.mo"
            if path.exists() and path.read_bytes() != _empty_catalogue():
                return path
    return None


def without_catalogue(languages: Iterable[Language], folders: list[Path]) -> list[str]:
    """Return the codes of the languages without a catalogue of the portal, and create empty catalogues.

    A language that Django does not know either gets an empty catalogue in the last of ``folders``, because
    Django serves no URL of a language without a catalogue.
    """
    found = []
    for language in languages:
        if language.code == SOURCE or find_catalogue(language.code, folders):
            continue
        found.append(language.code)
        path = folders[-1] / to_locale(language.code) / "LC_MESSAGES" / "django.mo"
        if not path.exists() and not is_known_to_django(language.code):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_empty_catalogue())
    return found


def is_known_to_django(code: str) -> bool:
    """Check that Django has a catalogue of a language or of its base language."""
    names = (to_locale(code), code.partition("-")[0])
    return any((Path(locale.__file__).parent / name / "LC_MESSAGES").exists() for name in names)


def _empty_catalogue() -> bytes:
    return bytes(polib.MOFile().to_binary())
