"""Test data that many tests share is built once in a run; later tests get its rows inserted.

Building takes some six hundred queries; inserting the rows takes one for each table. Nothing else changes for
a test: it starts with the same rows, in its own transaction, which is rolled back at its end. The rows are
stored for each of the first few beginnings (the tests' own rows before them); at another time, or in a
database that commits, the data are built as if for the first time. The processes of a run read each other's
rows from ``folder``.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache as remember
from functools import wraps
from importlib import import_module
from itertools import batched
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, models
from django.utils import timezone
from factory import Factory

from abierto.approval.models import LedgerHead
from pages.core import cache as public_cache

Rows = dict[Any, tuple[Any, ...]]
#: The number of rows of each table, and its last key.
Extent = tuple[tuple[int, int], ...]

NOW = timezone.now
#: Tables that triggers read: decisions are inserted before the rows that they allow.
FIRST = ("approval_approval",)
AT_ONCE = 200
#: How many beginnings have their rows stored, for each builder and its arguments.
BEGINNINGS = 3
#: Where the processes of a run store rows for each other; ``tests/conftest.py`` sets it.
folder: Path | None = None


@dataclass
class BuiltRows:
    """The rows that a builder wrote, and its return value."""

    returned: bytes
    added: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)  # by the label of their model
    changed: list[tuple[str, list[Any]]] = field(default_factory=list)
    deleted: list[tuple[str, list[Any]]] = field(default_factory=list)
    #: The next number of each factory, by its module and name.
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)


def built_once[**Given, World](build: Callable[Given, World]) -> Callable[Given, World]:
    """Store the rows that ``build`` writes for later tests."""
    built_rows: dict[bytes, dict[Extent, BuiltRows]] = {}

    @wraps(build)
    def world(*args: Given.args, **kwargs: Given.kwargs) -> World:
        if not connection.in_atomic_block or timezone.now is not NOW:
            return build(*args, **kwargs)
        asked = pickle.dumps((args, sorted(kwargs.items())))
        beginnings, before = built_rows.setdefault(asked, {}), extent()
        known = beginnings.get(before)
        if known is None:
            if len(beginnings) == BEGINNINGS:
                return build(*args, **kwargs)
            stored = name_file(build, asked, before)
            if stored is None or not stored.exists():
                found = snapshot()
                built = build(*args, **kwargs)
                beginnings[before] = difference(built, found, snapshot())
                beginnings[before].numbers = read_numbers()
                store(beginnings[before], stored)
                return built
            known = beginnings[before] = pickle.loads(stored.read_bytes())
            skip_numbers(known.numbers)
        restore_rows(known)
        returned: World = pickle.loads(known.returned)
        return returned

    return world


def name_file(build: Callable[..., Any], asked: bytes, before: Extent) -> Path | None:
    """Return the path of the rows of a builder, its arguments and the rows before it.

    The rows continue the hash chains of the database, so a database with other chains does not read them.
    """
    chains = [*LedgerHead.objects.order_by("ledger").values_list("ledger", "link")]
    key = (build.__module__, build.__qualname__, asked, before, chains)
    return folder / hashlib.sha256(repr(key).encode()).hexdigest() if folder else None


def store(rows: BuiltRows, path: Path | None) -> None:
    """Write rows for the other processes, which read whole files only."""
    if path is not None:
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(pickle.dumps(rows))
        unfinished.replace(path)


def read_numbers() -> dict[tuple[str, str], int]:
    """Return the next number of each factory that has made an object."""
    found, left = {}, [Factory]
    while left:
        made = left.pop()
        left += made.__subclasses__()
        options = made._meta
        if options.counter_reference is options and options._counter is not None:
            found[made.__module__, made.__qualname__] = options._counter.seq
    return found


def skip_numbers(numbers: dict[tuple[str, str], int]) -> None:
    """Let factories go on after these numbers: the rows of another process have their names already."""
    for (module, name), number in numbers.items():
        made = getattr(import_module(module), name)
        made.reset_sequence(max(number, made._meta.next_sequence()))


@remember
def tables() -> list[type[models.Model]]:
    """Return every table of the project and Django, in the order of foreign keys."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.db_table not in FIRST)


def columns(model: type[models.Model]) -> list[str]:
    """Return the columns of a table, its key first."""
    others = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    return [str(model._meta.pk.column), *others]


def quoted(names: list[str]) -> str:
    """Return names quoted for SQL."""
    return ", ".join(connection.ops.quote_name(name) for name in names)


def extent() -> Extent:
    """Return the number of rows of each table and its last key, 0 for other keys than numbers. One query."""
    with connection.cursor() as cursor:
        cursor.execute(extent_query())
        return tuple((rows, last) for _place, rows, last in cursor.fetchall())


@remember
def extent_query() -> str:
    """Return the query of ``extent``."""
    one = "SELECT {} AS place, count(*) AS rows, {} AS last FROM {}"
    selects = (
        one.format(place, last_key(model), quoted([model._meta.db_table]))
        for place, model in enumerate(tables())
    )
    return " UNION ALL ".join(selects) + " ORDER BY 1"


def last_key(model: type[models.Model]) -> str:
    """Return the SQL of the last key of a table."""
    is_number = isinstance(model._meta.pk, models.AutoField)
    return f"coalesce(max({quoted([str(model._meta.pk.column)])}), 0)" if is_number else "0"


def snapshot() -> dict[type[models.Model], Rows]:
    """Return every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in tables():
            cursor.execute(f"SELECT {quoted(columns(model))} FROM {quoted([model._meta.db_table])}")
            found[model] = {row[0]: row for row in cursor.fetchall()}
    return found


def difference(built: Any, old: Any, new: Any) -> BuiltRows:
    """Return the changes from the first snapshot to the second."""
    built_rows = BuiltRows(pickle.dumps(built))
    for model, rows in new.items():
        added = [row for key, row in rows.items() if key not in old[model]]
        if added:
            built_rows.added[model._meta.label] = added
        built_rows.deleted += [delete(model, key) for key in old[model].keys() - rows.keys()]
        for key, row in rows.items():
            if key in old[model] and old[model][key] != row:
                built_rows.changed.append(update(model, old[model][key], row))
    return built_rows


def update(model: type[models.Model], old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[str, list[Any]]:
    """Return the statement that updates one row, with the changed columns only."""
    differing = [
        (name, value) for name, before, value in zip(columns(model), old, new, strict=True) if before != value
    ]
    sets = ", ".join(f"{quoted([name])} = %s" for name, _value in differing)
    key = quoted([str(model._meta.pk.column)])
    statement = f"UPDATE {quoted([model._meta.db_table])} SET {sets} WHERE {key} = %s"
    return statement, [*(value for _name, value in differing), new[0]]


def delete(model: type[models.Model], key: Any) -> tuple[str, list[Any]]:
    """Return the statement that deletes one row."""
    column = quoted([str(model._meta.pk.column)])
    return f"DELETE FROM {quoted([model._meta.db_table])} WHERE {column} = %s", [key]


def restore_rows(built_rows: BuiltRows) -> None:
    """Insert the rows of the builder, and clear the caches that saving them would have cleared."""
    cache.clear()
    public_cache.clear_cached_values()
    with connection.cursor() as cursor:
        for statement, values in built_rows.deleted:
            cursor.execute(statement, values)
        for label, rows in built_rows.added.items():
            for statement, values in inserts(apps.get_model(label), rows):
                cursor.execute(statement, values)
        for statement, values in built_rows.changed:
            cursor.execute(statement, values)
        models_of_rows = [apps.get_model(label) for label in built_rows.added]
        for statement in connection.ops.sequence_reset_sql(no_style(), models_of_rows):
            cursor.execute(statement)


def inserts(model: type[models.Model], rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the statements that add rows to one table."""
    names = columns(model)
    one = f"({', '.join(['%s'] * len(names))})"
    head = f"INSERT INTO {quoted([model._meta.db_table])} ({quoted(names)}) VALUES "
    for some in batched(rows, AT_ONCE):
        yield head + ", ".join([one] * len(some)), [value for row in some for value in row]
