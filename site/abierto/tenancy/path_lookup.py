"""The index of pages by depth and path, and ``path__startswith`` on SQLite as a range that uses it.

Wagtail and the portal narrow pages and collections by the path they start with. Django writes ``LIKE``, which
ignores case on SQLite, so that no index of a case-sensitive column can answer it: every query for the pages
of one space reads those of all. PostgreSQL has an index for ``LIKE``.
"""

import re
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import StartsWith
from django.db.models.sql.compiler import SQLCompiler
from wagtail.models import Collection, Page

NAME = "abierto_page_depth_path"
COLUMNS = ("depth", "path")


def create_tree_index(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Create the index if it is missing and the table has its columns: ``migrate`` may stop before it has."""
    connection = connections[using]
    table = Page._meta.db_table
    if not set(COLUMNS) <= _find_columns(connection, table):
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column) for column in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {quote(NAME)} ON {quote(table)} ({columns})")


def _find_columns(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return set()
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


#: What treebeard writes: digits and capitals, whose order is the same in every collation.
TREE_PATH = re.compile(r"[0-9A-Z]+")

#: The root, the home of a language and its sections; the roots of institutions and municipalities are deeper.
WIDE_DEPTH = 3
#: For each end of the range: of the million rows that SQLite assumes, four are left.
PART_OF_A_SPACE = 2.0**-9


def find_likelihood(path: str) -> float:
    """Return the part of all rows that SQLite shall expect at and below ``path``.

    SQLite has no statistics here and takes the first of several ranges. With these numbers it takes that of a
    space, or of a page in it, rather than that of a section or the index of a column like the language.
    """
    return 1.0 if len(path) <= WIDE_DEPTH * Page.steplen else PART_OF_A_SPACE


class TreePathStartsWith(StartsWith):
    """``startswith`` of a tree path."""

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Write a range for the start of a tree path; anything else, as an expression, as Django does."""
        start = self.rhs
        if not isinstance(start, str) or not TREE_PATH.fullmatch(start):
            sql, params = self.as_sql(compiler, connection)
            return sql, tuple(params)
        column, params = self.process_lhs(compiler, connection)
        after = start[:-1] + chr(ord(start[-1]) + 1)
        part = find_likelihood(start)
        bounds = " AND ".join(f"likelihood({column} {sign} %s, {part})" for sign in (">=", "<"))
        return f"({bounds})", (*params, start, *params, after)


def register_path_lookup() -> None:
    """Use the lookup for the paths of pages and collections."""
    for model in (Page, Collection):
        model._meta.get_field("path").register_lookup(TreePathStartsWith)
