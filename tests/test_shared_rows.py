"""Restored test data equal the data that were built."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from abierto.approval.models import LedgerHead
from abierto.registry.models import Institution
from tests import shared_rows
from tests.abierto.approval.newsroom import approve, draft_update, fresh, newsroom, submit
from tests.factories import InstitutionFactory
from tests.shared_rows import built_once, extent, snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BUILT: list[str] = []


@built_once
def team(name: str) -> Group:
    BUILT.append(name)
    return Group.objects.create(name=name)


@contextmanager
def another_test() -> Iterator[None]:
    """Roll back the block, as the end of a test does."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    BUILT.clear()


def test_a_database_with_other_hash_chains_reads_no_rows_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr(shared_rows, "folder", tmp_path)
    stored = shared_rows.name_file(team, b"", extent())
    assert shared_rows.name_file(team, b"", extent()) == stored

    LedgerHead.objects.filter(ledger="public").update(link="0" * 64)

    assert shared_rows.name_file(team, b"", extent()) != stored


def build_institution() -> Institution:
    return InstitutionFactory()


def test_later_objects_have_other_names_than_the_rows_of_another_process(tmp_path, monkeypatch):
    monkeypatch.setattr(shared_rows, "folder", tmp_path)
    number = InstitutionFactory._meta.next_sequence()
    with another_test():
        built = built_once(build_institution)()
    InstitutionFactory.reset_sequence(number + 1)  # as in a process that has built nothing

    restored = built_once(build_institution)()

    assert restored == built
    assert InstitutionFactory().name != restored.name


def numbers_of_rows() -> list[int]:
    """Return the number of rows of each table: PostgreSQL gives other keys after a rollback."""
    return [rows for rows, _last in extent()]


def test_built_data_are_restored_and_not_built_again():
    with another_test():
        built = team("Uno")

    again = team("Uno")

    assert BUILT == []
    assert Group.objects.get(name="Uno") == again == built
    assert Group.objects.create(name="Otra").pk != again.pk


def test_a_test_with_its_own_rows_builds_the_data():
    with another_test():
        team("Dos")
    Group.objects.create(name="Mío")

    assert team("Dos").name == "Dos"
    assert BUILT == ["Dos"]


def test_a_test_with_the_same_own_rows_gets_the_data():
    if connection.vendor != "sqlite":
        pytest.skip("The keys of the test's own rows go on counting after a rollback.")
    for _ in range(2):
        with another_test():
            Group.objects.create(name="Mío")
            team("Cinco")
            built = list(BUILT)

    assert built == []


def test_another_time_or_name_builds_the_data(monkeypatch):
    with another_test():
        team("Tres")
    with another_test():
        team("Cuatro")
        assert BUILT == ["Cuatro"]
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime.now(datetime.UTC))

    team("Tres")

    assert BUILT == ["Tres"]


def test_a_restored_newsroom_has_every_row_of_a_built_one():
    with another_test():
        newsroom.__wrapped__()
        built = numbers_of_rows()
    with another_test():
        newsroom()

    newsroom()

    assert numbers_of_rows() == built
    assert numbers_of_rows() == [len(rows) for rows in snapshot().values()]


def test_a_restored_newsroom_works_like_a_built_one():
    with another_test():
        newsroom()
    room = newsroom()
    update = draft_update(room)

    approve(submit(update, room.editor), room.reviewer)

    assert fresh(update).live
    assert fresh(room.commitment).numchild == 1
