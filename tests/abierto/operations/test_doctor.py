"""The doctor names what is wrong and how to mend it, whatever is broken."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError

from abierto.operations.doctor import machine, portal
from abierto.operations.doctor.diagnosis import Diagnosis, State
from abierto.operations.doctor.questions import examine
from abierto.tenancy.enums import SpaceKind
from search.engines import get_engine
from tests.abierto.operations.test_demo_accounts import account
from tests.abierto.tenancy import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def only(diagnoses, part: str) -> Diagnosis:
    (found,) = [diagnosis for diagnosis in diagnoses if diagnosis.part == part]
    return found


def test_everything_that_is_not_well_comes_with_its_fix():
    for diagnosis in examine():
        assert diagnosis.state is State.WELL or diagnosis.fix, diagnosis


def test_command_prints_one_line_of_json_and_leaves_with_one_when_something_is_bad(capsys):
    with pytest.raises(SystemExit) as exit:
        call_command("doctor", "--json")

    parts = json.loads(capsys.readouterr().out)
    assert exit.value.code == 1
    assert {"part": "Buscador", "state": "mal"}.items() <= next(
        p for p in parts if p["part"] == "Buscador"
    ).items()


def test_command_speaks_to_people(capsys):
    with pytest.raises(SystemExit):
        call_command("doctor")

    assert "→ python3 run.py manage search rebuild" in capsys.readouterr().out


def test_command_leaves_quietly_when_all_is_well(capsys, settings, tmp_path):
    settings.ABIERTO_DATA = tmp_path
    worlds.space("Estado", SpaceKind.STATE)
    worlds.member("ana")
    get_engine().rebuild([])

    call_command("doctor")

    assert "✗" not in capsys.readouterr().out


def test_database_that_does_not_answer_is_named(monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(machine.connection, "ensure_connection", refuse)

    found = only(machine.database(), "Base de datos")
    assert found.state is State.BAD
    assert "connection refused" in found.detail
    assert "DATABASE_URL" in found.fix


def test_missing_tables_do_not_stop_the_examination(monkeypatch):
    def refuse():
        raise DatabaseError("no such table")

    monkeypatch.setattr(portal, "open_demo_accounts", refuse)

    assert only(portal.accounts(), "Cuentas").fix.endswith("manage migrate")


def test_folder_that_cannot_be_written_is_named(settings, tmp_path):
    settings.ABIERTO_DATA = tmp_path / "no-existe"

    assert only(machine.data_folder(), "Carpeta de datos").state is State.BAD


def test_demo_accounts_are_a_warning_here_and_a_fault_in_production(settings):
    account()
    assert only(portal.accounts(), "Cuentas de demostración").state is State.WARNING

    settings.ABIERTO_REFUSE_DEMO_ACCOUNTS = True
    assert only(portal.accounts(), "Cuentas de demostración").state is State.BAD


def test_nobody_who_can_sign_in_is_a_fault():
    assert only(portal.accounts(), "Cuentas").fix.endswith("createsuperuser")


def test_mail_that_only_goes_to_the_console_is_a_warning(settings):
    settings.MAILERS = {"default": {"BACKEND": portal.CONSOLE}}

    assert only(portal.mail(), "Correo").state is State.WARNING


def test_missing_state_space_is_named():
    assert only(portal.content(), "Espacios").state is State.BAD
    worlds.space("Estado", SpaceKind.STATE)
    assert only(portal.content(), "Espacios").state is State.WELL


def test_production_needs_its_static_files(settings, tmp_path):
    settings.ABIERTO_REFUSE_DEMO_ACCOUNTS = True
    settings.STATIC_ROOT = tmp_path / "no-existe"

    assert "collectstatic" in only(portal.production(), "Archivos estáticos").fix
