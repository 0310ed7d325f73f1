"""The search of the admin's listings and choosers: every word must begin a word of the object.

Words are looked up in the index of ``search.admin_index``; the listing's own conditions (spaces, permissions,
filters) stay in its query, so that nothing outside it is found.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from modelsearch.backends.base import BaseIndex
from modelsearch.backends.database.fallback import (
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
    DatabaseSearchResults,
)
from modelsearch.query import Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.search.models import IndexEntry

from .admin_index import CONFIG, find_all_differences, fold, update_rows, write_row

MAX_WORDS = 32
MAX_LENGTH = 500
FULL_TEXT_TABLE = f"{IndexEntry._meta.db_table}_fts"  # created by modelsearch's migration on SQLite


def searched_words(text: str) -> list[str]:
    """Return the words of a text that a query can contain."""
    return fold(text[:MAX_LENGTH]).split()[:MAX_WORDS]


def match_words(words: list[str], operator: str) -> QuerySet[IndexEntry]:
    """Return the index rows that have all words, or any, or their sequence (``and``, ``or``, ``phrase``)."""
    if connection.vendor == "postgresql":
        joint = {"and": " & ", "or": " | ", "phrase": " <-> "}[operator]
        ending = "" if operator == "phrase" else ":*"
        expression = joint.join(word + ending for word in words)
        query = SearchQuery(expression, search_type="raw", config=CONFIG)
        return IndexEntry.objects.filter(autocomplete=query)
    if operator == "phrase":
        expression = f'"{" ".join(words)}"'
    else:
        expression = f" {operator.upper()} ".join(f'"{word}"*' for word in words)
    table = connection.ops.quote_name(FULL_TEXT_TABLE)
    rows = RawSQL(f"SELECT rowid FROM {table} WHERE autocomplete MATCH %s", [expression])
    return IndexEntry.objects.filter(pk__in=rows)


def matching_ids(model: type[models.Model], words: list[str], operator: str) -> QuerySet[Any, Any]:
    """Return the keys of the objects of ``model`` whose index rows have the words."""
    key: Any = model._meta.pk
    while key.remote_field:
        key = key.target_field
    kind: models.Field[Any, Any] = (
        models.CharField() if isinstance(key, models.CharField) else models.BigIntegerField()
    )
    rows = match_words(words, operator).filter(content_type__in=get_descendants_content_types_pks(model))
    return rows.annotate(key=Cast("object_id", kind)).values("key")


class WordsCompiler(DatabaseSearchQueryCompiler):
    """Search for beginnings of words without regard to capitals and accents."""

    def check(self) -> None:
        """Accept every filter and order: the database carries them out."""

    def build_database_filter(self, query: Any, boost: float = 1.0) -> Any:
        """Return the condition of a query; one without any word finds nothing."""
        if not isinstance(query, PlainText | Phrase):
            return super().build_database_filter(query, boost)
        words = searched_words(query.query_string)
        if not words:
            return Q(pk__in=[])
        operator = query.operator if isinstance(query, PlainText) else "phrase"
        return Q(pk__in=matching_ids(self.queryset.model, words, operator))


class RowResults(DatabaseSearchResults):
    """Results of a query of one table, whose rows cannot repeat: comparing every column of each is slow."""

    def get_queryset(self) -> Any:
        found = super().get_queryset()
        tables = [name for name, uses in found.query.alias_refcount.items() if uses]
        found.query.distinct = len(tables) > 1
        return found


class AdminIndex(BaseIndex):
    """The index as ``manage.py update_index`` writes it."""

    def add_items(self, model: type[models.Model], items: Iterable[models.Model]) -> None:
        update_rows((model, str(item.pk)) for item in items)

    def delete_item(self, item: Any) -> None:
        item.index_entries.all().delete()

    def reset(self) -> None:
        IndexEntry.objects.all().delete()


class Rebuilder:
    """Write every row that differs, and delete those of objects that no longer exist."""

    def __init__(self, index: AdminIndex) -> None:
        self.index = index

    def start(self) -> AdminIndex:
        return self.index

    def finish(self) -> None:
        for difference in find_all_differences():
            write_row(difference)


class SearchBackend(DatabaseSearchBackend):
    """The backend that ``WAGTAILSEARCH_BACKENDS`` names."""

    query_compiler_class = WordsCompiler
    autocomplete_query_compiler_class = WordsCompiler
    results_class = RowResults
    index_class = AdminIndex
    rebuilder_class = Rebuilder
