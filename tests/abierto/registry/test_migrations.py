"""Rows that were public before there was a review of them: they stay so, and the ledger says why."""

import importlib

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from abierto.editorial.ledger.audit import unapproved_live
from abierto.editorial.models import Approval, Kind
from abierto.editorial.triggers import installation
from abierto.registry.models import GlossaryTerm, Institution, Municipality, Person, Seat, Secretariat
from tests.abierto.editorial.newsroom import approve, newsroom, refused, submit
from tests.factories import InstitutionFactory

BEFORE = "0002_closed_list_of_goals"
REASON = importlib.import_module("abierto.registry.migrations.0004_public_rows_in_the_ledger").REASON
MODELS = (Institution, Person, Municipality, Secretariat, Seat, GlossaryTerm)

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]


def go_to(migration: str = "") -> None:
    call_command("migrate", "registry", *filter(None, [migration]), verbosity=0)


@pytest.fixture
def before(transactional_db):
    """The registry as it was, with a row of each kind in it."""
    go_to(BEFORE)
    old = MigrationExecutor(connection).loader.project_state([("registry", BEFORE)]).apps
    person = old.get_model("registry", "Person").objects.create(name="Rosa Luz", honorific="Dra.")
    row = old.get_model("registry", "Institution").objects.create(
        name="Instituto", acronym="I", kind="autonomous", valid_until="2025-03-20"
    )
    old.get_model("registry", "Municipality").objects.create(code="11009", name="Comonfort", population=82216)
    body = old.get_model("registry", "Secretariat").objects.create(name="Secretariado", level="state")
    old.get_model("registry", "Seat").objects.create(
        secretariat=body, person=person, institution=row, role="holder"
    )
    old.get_model("registry", "GlossaryTerm").objects.create(term="amparo", lay_synonyms="queja")


def test_public_rows_stay_public_with_their_reason_in_the_ledger(before):
    go_to()

    rows = [model.objects.get() for model in MODELS]
    decisions = [Approval.latest(row) for row in rows]
    assert all(row.live and row.last_published_at for row in rows)
    assert [(one.kind, one.comment) for one in decisions] == [(Kind.IMPORT, REASON)] * len(MODELS)
    assert [one.title for one in decisions][:2] == ["Instituto", "Rosa Luz"]
    assert list(unapproved_live()) == []
    assert installation.missing() == []


def test_they_change_from_then_on_only_by_review(before):
    go_to()
    room = newsroom()
    row = Institution.objects.get()
    row.name = "Instituto de Prueba"

    with refused():
        row.save()
    approve(submit(row, room.editor), room.reviewer)

    assert Institution.objects.get().name == "Instituto de Prueba"


def test_going_back_and_forth_writes_each_reason_once(before):
    go_to()
    go_to(BEFORE)
    go_to()

    assert [Approval.objects.of(model.objects.get()).count() for model in MODELS] == [1] * len(MODELS)
    assert list(unapproved_live()) == []


def test_it_does_not_go_back_while_drafts_would_become_public(before):
    go_to()
    InstitutionFactory(name="Sin aprobar", live=False)

    with pytest.raises(RuntimeError, match=r"registry\.institution: 1 drafts"):
        go_to(BEFORE)

    assert not Institution.objects.get(name="Sin aprobar").live
