"""Configure languages for a test, as ``ABIERTO_LANGUAGES`` does when the settings are read."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from django.conf import locale, settings
from django.test import override_settings

from abierto.settings.languages import read_languages, register, without_catalogue
from tests.repository.files import ROOT


@contextmanager
def configured(entries: str, folder: Path) -> Iterator[None]:
    """Have the languages of ``entries``; ``folder`` is that of the catalogues of the installation."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(locale, "LANG_INFO", dict(locale.LANG_INFO)))
        languages = read_languages(entries.split(","))
        folders = [ROOT / "locale", folder]
        named = [(language.code, language.label) for language in languages]
        stack.enter_context(
            override_settings(
                LANGUAGES=named,
                WAGTAIL_CONTENT_LANGUAGES=named,
                LANGUAGES_BIDI=register(languages, settings.LANGUAGES_BIDI),
                LOCALE_PATHS=folders,
                ABIERTO_CONTENT_ONLY_LANGUAGES=without_catalogue(languages, folders),
            )
        )
        yield
