"""Messages of the installed libraries that the admin and the sign-in pages can show."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import allauth
import django
import modelsearch
import polib
import taggit
import wagtail
import wagtail_localize
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from django.utils.translation.trans_real import DjangoTranslation

# Parts of the libraries that the portal does not install or show.
LEFT_OUT = (
    "django/contrib/admin",
    "django/contrib/admindocs",
    "django/contrib/flatpages",
    "django/contrib/gis",
    "django/contrib/humanize",
    "django/contrib/redirects",
    "django/contrib/sites",
    "django/contrib/syndication",
    "wagtail/contrib/forms",
    "wagtail/contrib/search_promotions",
    "wagtail/contrib/simple_translation",
    "wagtail/contrib/styleguide",
    "wagtail/contrib/table_block",
)
LIBRARIES = (django, wagtail, wagtail_localize, allauth, taggit, modelsearch)
#: Sources of django.po that no screen shows: names of languages, the pages of DEBUG.
UNSEEN_SOURCES = ("global_settings.py", "default_urlconf.html", "technical_404.html")
#: The portal has its own sign-in templates: of allauth only the Python code speaks.
ALLAUTH_CODE = ("account/", "mfa/", "usersessions/", "core/")


@dataclass(frozen=True)
class Message:
    """One message of a library's catalogue."""

    library: str
    context: str | None
    singular: str
    plural: str | None

    def translate(self) -> list[str]:
        """Return the message in the active language, with both plural forms."""
        if self.plural is None:
            return [pgettext(self.context, self.singular) if self.context else gettext(self.singular)]
        if self.context:
            return [npgettext(self.context, self.singular, self.plural, number) for number in (1, 2)]
        return [ngettext(self.singular, self.plural, number) for number in (1, 2)]

    @property
    def originals(self) -> list[str]:
        """Return the English text, with its plural."""
        return [self.singular, *([self.plural] if self.plural else [])]


def catalogues(domain: str) -> Iterator[tuple[str, Path]]:
    """Yield the name and the English catalogue of each part of the libraries."""
    for library in LIBRARIES:
        folder = Path(str(library.__file__)).parent
        for path in sorted(folder.rglob(f"locale/en/LC_MESSAGES/{domain}.po")):
            part = path.parents[3].relative_to(folder.parent).as_posix()
            if part not in LEFT_OUT:
                yield part, path


def is_shown(part: str, entry: polib.POEntry) -> bool:
    """Check whether a screen of the portal can show the entry."""
    sources = [source for source, _line in entry.occurrences]
    if part == "allauth":
        return any(source.endswith(".py") and source.startswith(ALLAUTH_CODE) for source in sources)
    return not sources or any(not source.endswith(UNSEEN_SOURCES) for source in sources)


def library_messages(domain: str = "django") -> list[Message]:
    """Return the messages of all libraries, each once."""
    found: dict[tuple[str | None, str], Message] = {}
    for part, path in catalogues(domain):
        for entry in polib.pofile(str(path)):
            if not entry.obsolete and is_shown(part, entry):
                message = Message(part, entry.msgctxt, entry.msgid, entry.msgid_plural or None)
                found.setdefault((entry.msgctxt, entry.msgid), message)
    return list(found.values())


def script_messages(language: str) -> Iterator[tuple[Message, list[str]]]:
    """Yield the messages of the script catalogues with their text in ``language``."""
    for part, path in catalogues("djangojs"):
        spoken = DjangoTranslation(language, domain="djangojs", localedirs=[str(path.parents[2])])
        for entry in polib.pofile(str(path)):
            message = Message(part, entry.msgctxt, entry.msgid, entry.msgid_plural or None)
            if message.plural is None:
                yield message, [spoken.gettext(message.singular)]
            else:
                yield message, [spoken.ngettext(message.singular, message.plural, count) for count in (1, 2)]
