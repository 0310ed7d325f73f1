"""The search of the admin's listings and choosers: each word must be the prefix of a word of the object.

Words are looked up in the index of ``search.admin_index``, which is one for all spaces; the listing's own
conditions (spaces, permissions, filters) stay in its query, so that nothing outside it is found. Few matches
are read from the index; where very many objects have the words, the rows of the listing are read and their
words compared. Both find the same.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection, models
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat
from modelsearch.backends.base import BaseIndex
from modelsearch.backends.database.fallback import (
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
    DatabaseSearchResults,
)
from modelsearch.query import Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from .admin_index import CONFIG, fold, text_column, update_rows, write_differences

MAX_WORDS = 32
MAX_LENGTH = 500
#: Objects of all spaces that have the words, from which on the rows of the listing are compared instead.
MANY_MATCHES = 500
FULL_TEXT_TABLE = f"{IndexEntry._meta.db_table}_fts"  # created by modelsearch's migration on SQLite


def searched_words(text: str) -> list[str]:
    """Return the folded words of a query, limited in number and length."""
    return fold(text[:MAX_LENGTH]).split()[:MAX_WORDS]


def match_words(words: list[str], operator: str, most: int | None = None) -> QuerySet[IndexEntry]:
    """Return the index rows that have all words, or any, or their sequence (``and``, ``or``, ``phrase``).

    ``most`` limits how many of them the database reads.
    """
    if connection.vendor == "postgresql":
        joint = {"and": " & ", "or": " | ", "phrase": " <-> "}[operator]
        ending = "" if operator == "phrase" else ":*"
        expression = joint.join(word + ending for word in words)
        query = SearchQuery(expression, search_type="raw", config=CONFIG)
        return IndexEntry.objects.filter(autocomplete=query)[:most]
    if operator == "phrase":
        expression = f'"{" ".join(words)}"'
    else:
        expression = f" {operator.upper()} ".join(f'"{word}"*' for word in words)
    table = connection.ops.quote_name(FULL_TEXT_TABLE)
    limit = "" if most is None else f" LIMIT {most:d}"
    rows = RawSQL(f"SELECT rowid FROM {table} WHERE autocomplete MATCH %s{limit}", [expression])
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


def have_many_matches(words: list[str], operator: str) -> bool:
    """Check with one limited query whether many objects of any model match."""
    return match_words(words, operator, MANY_MATCHES).count() >= MANY_MATCHES


def has_words(model: type[models.Model], words: list[str], operator: str) -> Exists:
    """Return the condition that a row of ``model`` matches the words, without a list of ids."""
    if issubclass(model, Page):
        kind = Q(content_type=OuterRef("content_type"))
    else:
        kind = Q(content_type__in=get_descendants_content_types_pks(model))
    text = Concat(Value(" "), F(text_column()), Value(" "), output_field=TextField())
    own = IndexEntry.objects.filter(kind, object_id=Cast(OuterRef("pk"), CharField())).annotate(words=text)
    if operator == "phrase":
        return Exists(own.filter(words__contains=f" {' '.join(words)} "))
    beginnings = [Q(words__contains=f" {word}") for word in words]
    return Exists(own.filter(Q(*beginnings, _connector=operator.upper())))


class WordsCompiler(DatabaseSearchQueryCompiler):
    """Search for prefixes of words, case- and accent-insensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._conditions: dict[tuple[str, ...], Q] = {}
        self.keys: list[Any] | None = None

    def check(self) -> None:
        """Accept every filter and order: the database applies them."""

    def build_database_filter(self, query: Any, boost: float = 1.0) -> Any:
        """Return the condition of a query; one without any word finds nothing."""
        if not isinstance(query, PlainText | Phrase):
            return super().build_database_filter(query, boost)
        words = searched_words(query.query_string)
        if not words:
            return Q(pk__in=[])
        operator = query.operator if isinstance(query, PlainText) else "phrase"
        key = (operator, *words)
        if key not in self._conditions:
            self._conditions[key] = self._find_condition(words, operator)
        return self._conditions[key]

    def _find_condition(self, words: list[str], operator: str) -> Q:
        model = self.queryset.model
        if have_many_matches(words, operator):
            return Q(has_words(model, words, operator))
        return Q(pk__in=matching_ids(model, words, operator))


class RowResults(DatabaseSearchResults):
    """Results without DISTINCT where the query has one table: its rows cannot repeat."""

    def get_queryset(self) -> Any:
        found = super().get_queryset()
        tables = [name for name, uses in found.query.alias_refcount.items() if uses]
        found.query.distinct = len(tables) > 1
        return found

    def _do_count(self) -> int:
        """Count by reading the keys: the page of results that a listing reads next is among them."""
        if self.start or self.stop is not None:
            return int(super()._do_count())
        self.query_compiler.keys = list(self.get_queryset().values_list("pk", flat=True))
        return len(self.query_compiler.keys)

    def _do_search(self) -> Any:
        keys = self.query_compiler.keys
        if keys is None or self.stop is None or self._score_field:
            return super()._do_search()
        whole = self._clone()
        whole.start, whole.stop = 0, None
        shown = whole.get_queryset().filter(pk__in=keys[self.start : self.stop])
        return shown.iterator(self.iterator_chunk_size)


class AdminIndex(BaseIndex):
    """The index as ``manage.py update_index`` writes it."""

    def add_items(self, model: type[models.Model], items: Iterable[models.Model]) -> None:
        update_rows((model, str(item.pk)) for item in items)

    def delete_item(self, item: Any) -> None:
        item.index_entries.all().delete()

    def reset(self) -> None:
        IndexEntry.objects.all().delete()


class Rebuilder:
    """The rebuilder of ``manage.py update_index``: writes only the rows that differ."""

    def __init__(self, index: AdminIndex) -> None:
        self.index = index

    def start(self) -> AdminIndex:
        return self.index

    def finish(self) -> None:
        write_differences()


class SearchBackend(DatabaseSearchBackend):
    """The backend that ``WAGTAILSEARCH_BACKENDS`` names."""

    query_compiler_class = WordsCompiler
    autocomplete_query_compiler_class = WordsCompiler
    results_class = RowResults
    index_class = AdminIndex
    rebuilder_class = Rebuilder
