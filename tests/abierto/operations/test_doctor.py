"""The doctor command reports every fault with its fix."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError
from django.utils import timezone

from abierto.operations.diagnosis import Diagnosis, State
from abierto.operations.doctor import machine, portal, run_checks
from abierto.registry.models import HarvestedRecord
from abierto.retention.models import DeletionKind, DeletionProposal
from abierto.spaces.enums import ProposalStatus
from abierto.tenancy.enums import SpaceKind
from search.engines import get_engine
from tests.abierto.operations.test_demo_accounts import account
from tests.abierto.tenancy import worlds
from tests.admin_search import fill_admin_index
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def only(diagnoses, part: str) -> Diagnosis:
    (found,) = [diagnosis for diagnosis in diagnoses if diagnosis.part == part]
    return found


def test_every_problem_has_a_fix():
    for diagnosis in run_checks():
        assert diagnosis.state is State.OK or diagnosis.fix, diagnosis


@pytest.mark.both_databases
def test_command_prints_json_and_exits_with_1_on_errors(capsys):
    with pytest.raises(SystemExit) as exit:
        call_command("doctor", "--json")

    parts = json.loads(capsys.readouterr().out)
    assert exit.value.code == 1
    assert {"part": "Buscador", "state": "mal"}.items() <= next(
        p for p in parts if p["part"] == "Buscador"
    ).items()


@pytest.mark.both_databases
def test_admin_index_that_lacks_objects_is_reported():
    missing = only(run_checks(), "Búsqueda de la administración")
    assert (missing.state, missing.fix) == (State.WARNING, "python3 run.py manage update_index")

    fill_admin_index()

    assert only(run_checks(), "Búsqueda de la administración").state is State.OK


def test_command_prints_text(capsys):
    with pytest.raises(SystemExit):
        call_command("doctor")

    assert "→ python3 run.py manage search rebuild" in capsys.readouterr().out


def test_command_exits_with_0_without_errors(capsys, settings, tmp_path):
    settings.ABIERTO_DATA = tmp_path
    worlds.space("Estado", SpaceKind.STATE)
    worlds.member("ana")
    get_engine().rebuild([])

    call_command("doctor")

    assert "✗" not in capsys.readouterr().out


@pytest.mark.both_databases
def test_unreachable_database_is_reported(monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(machine.connection, "ensure_connection", refuse)

    found = only(machine.check_database(), "Base de datos")
    assert found.state is State.ERROR
    assert "connection refused" in found.detail
    assert "DATABASE_URL" in found.fix


@pytest.mark.both_databases
def test_missing_tables_do_not_stop_other_checks(monkeypatch):
    def refuse():
        raise DatabaseError("no such table")

    monkeypatch.setattr(portal, "open_demo_accounts", refuse)

    assert only(portal.check_accounts(), "Cuentas").fix.endswith("manage migrate")


def test_read_only_data_folder_is_reported(settings, tmp_path):
    settings.ABIERTO_DATA = tmp_path / "no-existe"

    assert only(machine.check_data_folder(), "Carpeta de datos").state is State.ERROR


def test_demo_accounts_are_a_warning_or_an_error_in_production(settings):
    account()
    assert only(portal.check_accounts(), "Cuentas de demostración").state is State.WARNING

    settings.ABIERTO_REFUSE_DEMO_ACCOUNTS = True
    assert only(portal.check_accounts(), "Cuentas de demostración").state is State.ERROR


def test_missing_users_are_an_error():
    assert only(portal.check_accounts(), "Cuentas").fix.endswith("invite_administrator CORREO --name NOMBRE")


def test_console_mail_is_a_warning(settings):
    settings.MAILERS = {"default": {"BACKEND": portal.CONSOLE}}

    assert only(portal.check_mail(), "Correo").state is State.WARNING


def test_missing_state_space_is_reported():
    assert only(portal.check_content(), "Espacios").state is State.ERROR
    worlds.space("Estado", SpaceKind.STATE)
    assert only(portal.check_content(), "Espacios").state is State.OK


def test_missing_static_files_are_an_error_in_production(settings, tmp_path):
    settings.ABIERTO_REFUSE_DEMO_ACCOUNTS = True
    settings.STATIC_ROOT = tmp_path / "no-existe"

    assert "collectstatic" in only(portal.check_production_settings(), "Archivos estáticos").fix


def test_what_waits_for_people_and_what_failed_is_reported(settings, tmp_path):
    settings.ABIERTO_DATA = tmp_path
    parts = {"Borrados por aprobar", "Datos de municipios", "Cartas"}
    assert parts.isdisjoint(diagnosis.part for diagnosis in run_checks())

    DeletionProposal.objects.create(kind=DeletionKind.DRAFTS, keys=[1, 2])
    DeletionProposal.objects.create(
        kind=DeletionKind.GUEST_LINKS, keys=[3], status=ProposalStatus.CONFIRMED, decided_at=timezone.now()
    )
    town = MunicipalityFactory(name="Celaya", data_url="https://celaya.example/d")
    HarvestedRecord.objects.create(municipality=town, failure="Código 404", failed_at=timezone.now())
    (tmp_path / "events.jsonl").write_text('{"exception": "SMTPException < mail_backends.py:32 send"}\n')
    found = run_checks()

    assert only(found, "Borrados por aprobar").detail == "borradores que nunca fueron públicos (2)."
    assert only(found, "Datos de municipios").detail == "Sin leer 1: Celaya."
    assert only(found, "Cartas").detail.startswith("1 no salieron")
    assert {only(found, part).state for part in parts} == {State.WARNING}
