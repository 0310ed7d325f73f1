"""run.py starts with any Python, installs only changed locks, and never deletes other data."""

import argparse
import ast
import contextlib
import importlib.util
import socket
import sqlite3
import subprocess
import sys

import pytest

from .files import ROOT


@pytest.fixture
def run(monkeypatch, tmp_path):
    """The module, with separate folders."""
    spec = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "DATA", tmp_path / "var")
    monkeypatch.setattr(module, "VENV", tmp_path / "venv")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "var").mkdir()
    (tmp_path / "venv").mkdir()
    return module


def test_an_old_python_can_parse_it():
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 8))


def test_it_imports_only_the_standard_library():
    tree = ast.parse((ROOT / "run.py").read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def test_it_finds_a_recent_python(run):
    found = run.find_python()
    process = subprocess.run(
        [found, "-c", "import sys; print(sys.version_info >= (3, 12))"], capture_output=True
    )
    assert process.stdout.strip() == b"True"


def test_without_a_recent_python_it_names_the_package_to_install(run, monkeypatch):
    monkeypatch.setattr(run, "is_recent", lambda python: False)
    with pytest.raises(SystemExit) as ended:
        run.find_python()
    assert "Python 3.12" in str(ended.value)
    assert "apt-get install" in str(ended.value)


def test_it_installs_only_when_the_lock_changed(run, monkeypatch):
    commands = []
    monkeypatch.setattr(run, "make_environment", lambda: None)
    monkeypatch.setattr(run.subprocess, "call", lambda command, **options: commands.append(command) or 0)

    run.install(run.DEV_LOCK)
    run.install(run.DEV_LOCK)
    run.install(run.RUN_LOCK)

    assert len(commands) == 1
    assert "--require-hashes" in commands[0]


def test_a_failed_installation_is_repeated(run, monkeypatch):
    monkeypatch.setattr(run, "make_environment", lambda: None)
    monkeypatch.setattr(run.subprocess, "call", lambda command, **options: 1)
    with pytest.raises(SystemExit):
        run.install(run.RUN_LOCK)
    assert list(run.VENV.iterdir()) == []


def test_fresh_asks_for_a_confirmation(run, monkeypatch):
    (run.DATA / "abierto.sqlite3").touch()
    monkeypatch.setattr("builtins.input", lambda question: "n")
    with pytest.raises(SystemExit):
        run.start_over(yes=False)
    assert (run.DATA / "abierto.sqlite3").exists()


def test_fresh_removes_only_files_of_abierto(run):
    for name in ("abierto.sqlite3", "abierto.sqlite3-wal", "prepared", "notes.txt"):
        (run.DATA / name).touch()
    (run.DATA / "media").mkdir()

    run.start_over(yes=True)

    assert [path.name for path in run.DATA.iterdir()] == ["notes.txt"]


def test_fresh_never_touches_an_external_database(run, monkeypatch):
    (run.DATA / "media").mkdir()
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/abierto")
    with pytest.raises(SystemExit):
        run.start_over(yes=True)
    assert (run.DATA / "media").exists()


def prepare(run, monkeypatch, is_ready: bool) -> list[str]:
    """Run ``prepare`` with the stamp of an earlier run, and return its steps."""
    steps = []
    monkeypatch.setattr(run, "install", lambda lock: None)
    monkeypatch.setattr(run, "execute", lambda command, **options: steps.append(command[2]))
    answer = subprocess.CompletedProcess([], 0 if is_ready else 1)
    monkeypatch.setattr(run, "run_quietly", lambda command, **options: answer)
    (run.DATA / "index").mkdir()
    (run.DATA / "prepared").write_text(run.content_fingerprint())
    run.prepare()
    return steps


def test_a_prepared_portal_is_not_prepared_again(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/abierto")
    assert prepare(run, monkeypatch, is_ready=True) == []


def test_an_empty_external_database_is_prepared(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/abierto")
    assert prepare(run, monkeypatch, is_ready=False) == ["prepare"]


def local_database(run, *apps: str) -> bytes:
    """Create a local database migrated by these apps, and return its bytes."""
    path = run.DATA / "abierto.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        database.executemany("INSERT INTO django_migrations VALUES (?, '0001_initial')", [(a,) for a in apps])
    return path.read_bytes()


@pytest.mark.parametrize("app", ["editorial", "reviewing"])
def test_data_of_a_version_before_0_2_0_is_refused_and_left_as_it_is(run, monkeypatch, app):
    before = local_database(run, "wagtailcore", app)
    monkeypatch.setattr(run, "install", lambda lock: pytest.fail("installed"))
    monkeypatch.setattr(run, "execute", lambda command, **options: pytest.fail(f"ran {command}"))

    with pytest.raises(SystemExit) as ended:
        run.start(["--prepare"])

    sentence = str(ended.value)  # SystemExit with a text: Python prints it and exits with 1
    assert "versión anterior a la 0.2.0" in sentence
    assert "python3 run.py --fresh" in sentence
    assert [path.name for path in run.DATA.iterdir()] == ["abierto.sqlite3"]
    assert (run.DATA / "abierto.sqlite3").read_bytes() == before


@pytest.mark.parametrize("apps", [(), ("wagtailcore", "approval")])
def test_data_of_this_version_is_prepared(run, apps):
    local_database(run, *apps)

    run.refuse_older_data()


def test_a_deleted_local_database_is_prepared(run, monkeypatch):
    assert prepare(run, monkeypatch, is_ready=True) == ["prepare"]


def test_an_empty_database_url_is_the_local_database(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", " ")
    (run.DATA / "abierto.sqlite3").touch()
    run.start_over(yes=True)
    assert not (run.DATA / "abierto.sqlite3").exists()


def test_a_busy_port_is_reported_with_an_alternative(run):
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            run.serve(port)
    assert f"--port {port + 1}" in str(ended.value)


def test_welcome_shows_url_and_accounts(run, capsys):
    row = '{"username": "editora", "password": "una-clave", "role": "Editora", "space": null}'
    (run.DATA / "demo-accounts.json").write_text(f"[{row}]", encoding="utf-8")

    run.print_welcome(8123)

    output = capsys.readouterr().out
    assert "http://localhost:8123/" in output
    assert "editora" in output
    assert "una-clave" in output
    assert "python3 run.py manage demo_code USUARIO" in output


def steps_of_full_run(run) -> dict[str, list[str]]:
    """Return the steps of ``run.py test`` without arguments, by name."""
    return run.rounds(argparse.Namespace(fast=False), [])


def test_postgresql_repeats_exactly_the_tests_with_the_mark(run, monkeypatch):
    monkeypatch.setattr(run, "missing_packages", list)
    steps = steps_of_full_run(run)

    assert steps["pruebas (SQLite)"] == run.pytest()
    assert steps["pruebas (PostgreSQL)"][-2:] == ["-m", "both_databases"]
    assert str(ROOT / "tests/postgresql.py") in steps["pruebas (PostgreSQL)"]


def test_without_postgresql_there_is_no_second_round(run, monkeypatch):
    monkeypatch.setattr(run, "missing_packages", lambda: ["postgresql"])
    assert "pruebas (PostgreSQL)" not in steps_of_full_run(run)


def test_in_ci_a_missing_part_is_a_failure(run, monkeypatch):
    monkeypatch.setattr(run, "missing_packages", lambda: ["chromium"])
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit):
        run.install_system_packages()


def test_outside_ci_a_missing_part_is_reported_with_the_command_to_run(run, monkeypatch, capsys):
    monkeypatch.setattr(run, "missing_packages", lambda: ["chromium"])
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.delenv("CI", raising=False)
    run.install_system_packages()
    assert "apt-get install --no-install-recommends chromium" in capsys.readouterr().err
