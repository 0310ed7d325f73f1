"""A world that is put back is the world that was built."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils import timezone

from abierto.registry.models import Institution
from tests.abierto.editorial.newsroom import approve, draft_update, fresh, newsroom, submit
from tests.kept_rows import built_once, counts, snapshot

pytestmark = pytest.mark.django_db

BUILT: list[str] = []


@built_once
def body(name: str) -> Institution:
    BUILT.append(name)
    return Institution.objects.create(name=name, acronym="X", kind="autonomous")


@contextmanager
def another_test() -> Iterator[None]:
    """Undo what is done inside, as the end of a test does."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    BUILT.clear()


def test_what_was_built_is_put_back_and_not_built_again():
    with another_test():
        built = body("Uno")

    again = body("Uno")

    assert BUILT == []
    assert Institution.objects.get() == again == built
    assert Institution.objects.create(name="Otra", acronym="Y", kind="autonomous").pk != again.pk


def test_whoever_has_rows_of_her_own_has_it_built():
    with another_test():
        body("Dos")
    Institution.objects.create(name="Mía", acronym="M", kind="autonomous")

    assert body("Dos").name == "Dos"
    assert BUILT == ["Dos"]


def test_another_time_and_another_name_build_it_too(monkeypatch):
    with another_test():
        body("Tres")
    with another_test():
        body("Cuatro")
        assert BUILT == ["Cuatro"]
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime.now(datetime.UTC))

    body("Tres")

    assert BUILT == ["Tres"]


def test_a_newsroom_that_is_put_back_has_every_row_of_one_that_is_built():
    with another_test():
        newsroom.__wrapped__()
        built = counts()
    with another_test():
        newsroom()

    newsroom()

    assert counts() == built
    assert counts() == tuple(len(rows) for rows in snapshot().values())


def test_it_works_as_one():
    with another_test():
        newsroom()
    room = newsroom()
    update = draft_update(room)

    approve(submit(update, room.editor), room.reviewer)

    assert fresh(update).live
    assert fresh(room.commitment).numchild == 1
