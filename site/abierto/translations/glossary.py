"""Find the glossary terms in the texts of a source, with their translations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models.functions import Lower
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from pages.glossary.linking import find_terms
from pages.glossary.queries import DefinedTerm, defined_terms

from .strings import render


@dataclass(frozen=True)
class TranslatedTerm:
    """A term with its translation, which is empty if the portal has none."""

    term: DefinedTerm
    translation: str


def list_terms(texts: Iterable[str], locale: Locale) -> list[TranslatedTerm]:
    """Return the terms in the texts of a source, in their order. At most one query."""
    found = find_terms(texts, defined_terms())
    named = {term.term: read_catalogue(term.term, locale.language_code) for term in found}
    translated = read_strings([term for term, name in named.items() if not name], locale)
    return [TranslatedTerm(term, named[term.term] or translated.get(term.term.lower(), "")) for term in found]


def read_catalogue(term: str, language: str) -> str:
    """Return the translation of a term in the portal's catalogue of a language; empty without one."""
    if language in settings.ABIERTO_CONTENT_ONLY_LANGUAGES:
        return ""
    with override(language):
        forms = (term, term.lower(), capfirst(term))
        return next((name.lower() for form in forms if (name := gettext(form)) != form), "")


def read_strings(terms: Iterable[str], locale: Locale) -> dict[str, str]:
    """Return the translations of strings that consist only of a term, by the term in lower case."""
    wanted = [term.lower() for term in terms]
    if not wanted:
        return {}
    rows = StringTranslation.objects.filter(locale=locale, has_error=False)
    rows = rows.annotate(term=Lower("translation_of__data")).filter(term__in=wanted).order_by("updated_at")
    return {term: render(data) for term, data in rows.values_list("term", "data")}
