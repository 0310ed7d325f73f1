"""After ``migrate``, a process of the previous release that still runs saves rows in the new tables."""

import datetime
import decimal
import itertools
import lzma
import sqlite3
import uuid
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db import DatabaseError, models, transaction
from django.db.migrations.loader import MigrationLoader

RELEASE = sorted(Path(__file__).parent.glob("*/portal.sqlite3.xz"))[-1]
OWN = ("abierto.", "pages", "search")
#: What an old process stores in a required column; text and numbers are counted, since many are unique.
VALUES = {
    models.BooleanField: False,
    models.DateTimeField: datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC),
    models.DateField: datetime.date(2026, 11, 30),
    models.DecimalField: decimal.Decimal(1),
    models.UUIDField: uuid.UUID(int=1),
    models.BinaryField: b"x",
    models.JSONField: [],
}

#: A draft, and a decision by a person: the database refuses others.
OF_COLUMNS = {"live": False, "approver_id": 1}


@cache
def released_apps() -> Apps:
    """Return the models as the migrations of the newest release leave them."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(lzma.decompress(RELEASE.read_bytes()))
        applied = {tuple(row) for row in database.execute("SELECT app, name FROM django_migrations")}
    loader = MigrationLoader(None)
    return loader.project_state(sorted(applied & set(loader.graph.nodes))).apps


def released_models() -> dict[str, type[models.Model]]:
    """Return our own models of the newest release by table, those of many-to-many fields too."""
    own = {app.label for app in apps.get_app_configs() if app.name.startswith(OWN)}
    found = released_apps().get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in found if model._meta.app_label in own}


def present_models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def example(field: models.Field, number: int) -> object:
    """Return a value of a column without a default."""
    if field.null:
        return None
    if field.choices:
        return field.choices[0][0]
    for kind, value in VALUES.items():
        if isinstance(field, kind):
            return value
    if isinstance(field, models.CharField | models.TextField):
        return f"{number}"[-(field.max_length or 5) :]
    return "" if field.get_internal_type() == "JSONField" else number


def build_row(model: type[models.Model], numbers: itertools.count) -> models.Model:
    """Return a draft with a value in every column; what it refers to need not exist before the commit."""
    row = model()
    for field in model._meta.local_concrete_fields:
        if field.attname in OF_COLUMNS:
            row.__dict__[field.attname] = OF_COLUMNS[field.attname]
        elif not isinstance(field, models.AutoField) and not (field.has_default() or field.auto_created):
            row.__dict__[field.attname] = example(field, next(numbers))
    row.pk = row.pk or next(numbers)
    return row


def insert(row: models.Model) -> None:
    """Run the statement that saves this row, without receivers, which are those of the present release."""
    model = type(row)
    model._base_manager._insert([row], fields=model._meta.local_concrete_fields, using="default", raw=True)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_the_release_before_inserts_rows_in_all_its_tables():
    numbers, refused = itertools.count(20_000), {}
    tables = released_models()
    for table, model in tables.items():
        try:
            with transaction.atomic():
                insert(build_row(model, numbers))
                transaction.set_rollback(True)
        except DatabaseError as error:
            refused[table] = f"{type(error).__name__}: {error}"

    assert {"pages_commitmentpage", "tenancy_space", "registry_institution"} <= set(tables)
    assert refused == {}


@pytest.mark.django_db
def test_new_columns_of_released_tables_allow_null_or_have_a_default_of_the_database():
    present, without = present_models(), []
    for table, model in released_models().items():
        old = {field.column for field in model._meta.local_concrete_fields}
        without += [
            f"{table}.{field.column}"
            for field in (present[table]._meta.local_concrete_fields if table in present else [])
            if field.column not in old and not field.null and not field.has_db_default()
        ]

    assert without == []
