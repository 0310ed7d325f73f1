"""Wagtail's admin search backend, restricted to text that SQLite's and PostgreSQL's full-text search accept.

SQLite's FTS5 ends a phrase at a quotation mark, and Wagtail builds the query without escaping it.
"""

from typing import Any

from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database import SearchBackend as database_backend
from modelsearch.query import Phrase, PlainText

#: SQLite refuses expressions nested deeper than a thousand, and a visitor does not type more words than this.
MAX_WORDS = 32
MAX_LENGTH = 500
_UNSEARCHABLE = {ord(mark): " " for mark in '"\x00'} | dict.fromkeys(range(0xD800, 0xE000), " ")


def searchable(text: str) -> str:
    """Return the words of a text that a full-text query can hold."""
    return " ".join(text[:MAX_LENGTH].translate(_UNSEARCHABLE).split()[:MAX_WORDS])


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return the backend of the database in use, which reads every query through ``searchable``."""
    stock = database_backend(params)

    class SafeTextBackend(type(stock)):  # type: ignore[misc]
        """Pass every query through ``make_searchable``."""

        def _search(self, query_compiler_class: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
            return super()._search(query_compiler_class, make_searchable(query), *args, **kwargs)

    return SafeTextBackend(params)


def make_searchable(query: Any) -> Any:
    """Return the query with ``searchable`` text; empty text, which matches nothing, where no word is left."""
    if not isinstance(query, str | PlainText | Phrase):
        return query
    text = searchable(query if isinstance(query, str) else query.query_string)
    if not text or isinstance(query, str):
        return text
    if isinstance(query, Phrase):
        return Phrase(text)
    return PlainText(text, operator=query.operator, boost=query.boost)
