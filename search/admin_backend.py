"""The search of the admin's listings and choosers: every word must occur in the fields of the row.

It reads the rows themselves: there is no index to update. ``modelsearch``'s full-text backends need an index,
which is written on every save (``AUTO_UPDATE``) or by a command.
"""

import re
import unicodedata
from typing import Any

from django.db.models import Q
from modelsearch.backends.database.fallback import DatabaseSearchBackend, DatabaseSearchQueryCompiler
from modelsearch.query import Phrase, PlainText

#: SQLite refuses expressions nested deeper than a thousand, and no person types more words than this.
MAX_WORDS = 32
MAX_LENGTH = 500
_UNSEARCHABLE = {ord(mark): " " for mark in '"\x00'} | dict.fromkeys(range(0xD800, 0xE000), " ")
#: The letters that Spanish writes with and without a mark, by the letter without it.
_MARKED = {"a": "áàäâ", "e": "éèëê", "i": "íìïî", "o": "óòöô", "u": "úùüû", "n": "ñ", "c": "ç"}


def searchable(text: str) -> str:
    """Return the words of a text that a query can contain."""
    return " ".join(text[:MAX_LENGTH].translate(_UNSEARCHABLE).split()[:MAX_WORDS])


def pattern(text: str) -> str:
    """Return a regular expression for ``text`` in any case, with or without the marks of its letters."""
    bare = "".join(
        character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character)
    )
    return "".join(_letter(character) for character in bare)


def _letter(letter: str) -> str:
    small = letter.lower()
    if small not in _MARKED:
        return re.escape(letter)
    letters = small + _MARKED[small]
    return f"[{letters}{letters.upper()}]"


class WordsCompiler(DatabaseSearchQueryCompiler):
    """Search for words without regard to capitals and accents."""

    def build_single_term_filter(self, term: str) -> Q:
        """Return the condition that a field holds ``term``."""
        condition = Q(pk__in=[])
        for name in self.fields_names:
            condition |= Q(**{f"{name}__iregex": pattern(term)})
        return condition

    def build_database_filter(self, query: Any, boost: float = 1.0) -> Any:
        """Return the condition of a query; one without any word finds nothing."""
        if not isinstance(query, PlainText | Phrase):
            return super().build_database_filter(query, boost)
        text = searchable(query.query_string)
        if not text:
            return Q(pk__in=[])
        if isinstance(query, Phrase):
            return self.build_single_term_filter(text)
        return super().build_database_filter(PlainText(text, operator=query.operator), 1.0)


class SearchBackend(DatabaseSearchBackend):
    """The backend that ``WAGTAILSEARCH_BACKENDS`` names."""

    query_compiler_class = WordsCompiler
    autocomplete_query_compiler_class = WordsCompiler
