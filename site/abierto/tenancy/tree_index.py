"""An index of the page tree by depth and path, which Wagtail does not declare.

With it the children of a page and the first root are read without their descendants. It is created after
every ``migrate`` instead of by one migration: SQLite rebuilds a table to change it, and a rebuilt table has
only the indexes that its model declares.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from wagtail.models import Page

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
