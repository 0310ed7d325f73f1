"""run.py starts anywhere, installs only what changed, and deletes only its own files."""

import argparse
import ast
import contextlib
import importlib.util
import os
import socket
import sqlite3
import subprocess
import sys
from types import SimpleNamespace

import polib
import pytest

from .files import ROOT

CHECKS = (("uno", 0), ("dos", 1), ("tres", 0), ("cuatro", 3))


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Import run.py with temporary folders, in Spanish."""
    monkeypatch.setenv("LANGUAGE", "es")
    return load_run(monkeypatch, tmp_path)


def load_run(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "DATA", tmp_path / "var")
    monkeypatch.setattr(module, "VENV", tmp_path / "venv")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "var").mkdir()
    (tmp_path / "venv").mkdir()
    return module


def test_run_speaks_the_language_of_the_terminal(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    run = load_run(monkeypatch, tmp_path)

    run.print_welcome(8123)

    assert "Abierto is at  http://localhost:8123/" in capsys.readouterr().out
    assert "Cannot go on: two addresses are needed" in str(
        run.fail(run._("hacen falta dos correos, o ninguno:"))
    )


def test_every_sentence_of_run_is_in_the_english_catalogue():
    catalogue = {entry.msgid for entry in polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))}
    calls = [
        node for node in ast.walk(ast.parse((ROOT / "run.py").read_text())) if isinstance(node, ast.Call)
    ]
    texts = {
        node.args[0].value
        for node in calls
        if getattr(node.func, "id", "") == "_" and isinstance(node.args[0], ast.Constant)
    }

    assert len(texts) > 20
    assert texts <= catalogue


def test_run_parses_under_an_old_python():
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 8))


def test_run_imports_only_the_standard_library():
    tree = ast.parse((ROOT / "run.py").read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def test_find_python_returns_a_recent_one(run):
    found = run.find_python()
    output = subprocess.run(
        [found, "-c", "import sys; print(sys.version_info >= (3, 12))"], capture_output=True
    )
    assert output.stdout.strip() == b"True"


def test_find_python_explains_what_to_install(run, monkeypatch):
    monkeypatch.setattr(run, "is_suitable_python", lambda python: False)
    with pytest.raises(SystemExit) as ended:
        run.find_python()
    assert "Python 3.12" in str(ended.value)
    assert "apt-get install" in str(ended.value)


def test_install_runs_only_when_the_lock_changed(run, monkeypatch):
    commands = []
    monkeypatch.setattr(run, "make_environment", lambda: None)
    monkeypatch.setattr(run.subprocess, "call", lambda command, **options: commands.append(command) or 0)

    run.install(run.DEV_LOCK)
    run.install(run.DEV_LOCK)
    run.install(run.RUN_LOCK)

    assert len(commands) == 1
    assert "--require-hashes" in commands[0]


def test_failed_installation_is_repeated(run, monkeypatch):
    monkeypatch.setattr(run, "make_environment", lambda: None)
    monkeypatch.setattr(run.subprocess, "call", lambda command, **options: 1)
    with pytest.raises(SystemExit):
        run.install(run.RUN_LOCK)
    assert list(run.VENV.iterdir()) == []


def test_fresh_asks_for_confirmation(run, monkeypatch):
    (run.DATA / "abierto.sqlite3").touch()
    monkeypatch.setattr("builtins.input", lambda question: "n")
    with pytest.raises(SystemExit):
        run.delete_local_data(yes=False)
    assert (run.DATA / "abierto.sqlite3").exists()


def test_fresh_deletes_only_files_of_abierto(run):
    for name in ("abierto.sqlite3", "abierto.sqlite3-wal", "prepared", "empty", "notes.txt"):
        (run.DATA / name).touch()
    (run.DATA / "media").mkdir()

    run.delete_local_data(yes=True)

    assert [path.name for path in run.DATA.iterdir()] == ["notes.txt"]


def test_fresh_never_touches_database_url(run, monkeypatch):
    (run.DATA / "media").mkdir()
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/abierto")
    with pytest.raises(SystemExit):
        run.delete_local_data(yes=True)
    assert (run.DATA / "media").exists()


def prepare(run, monkeypatch, is_ready: bool) -> list[str]:
    """Run ``prepare`` with an earlier stamp and return the commands that it ran."""
    steps = []
    monkeypatch.setattr(run, "install", lambda lock: None)
    monkeypatch.setattr(run, "execute", lambda command, **options: steps.append(command[2]))
    answer = subprocess.CompletedProcess([], 0 if is_ready else 1)
    monkeypatch.setattr(run, "run_quietly", lambda command, **options: answer)
    (run.DATA / "index").mkdir()
    (run.DATA / "prepared").write_text(run.content_fingerprint())
    run.prepare()
    return steps


def test_prepare_is_skipped_when_nothing_changed(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/abierto")
    assert prepare(run, monkeypatch, is_ready=True) == []


def test_emptied_remote_database_is_prepared(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/abierto")
    assert prepare(run, monkeypatch, is_ready=False) == ["prepare"]


def local_database(run, *apps: str) -> bytes:
    """Create a local database with migrations of these apps; return its bytes."""
    path = run.DATA / "abierto.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        database.executemany("INSERT INTO django_migrations VALUES (?, '0001_initial')", [(a,) for a in apps])
    return path.read_bytes()


@pytest.mark.parametrize("app", ["editorial", "reviewing"])
def test_data_older_than_0_2_0_is_refused_and_unchanged(run, monkeypatch, app):
    before = local_database(run, "wagtailcore", app)
    monkeypatch.setattr(run, "install", lambda lock: pytest.fail("installed"))
    monkeypatch.setattr(run, "execute", lambda command, **options: pytest.fail(f"ran {command}"))

    with pytest.raises(SystemExit) as ended:
        run.start(["--prepare"])

    message = str(ended.value)  # a text as the code of SystemExit: Python prints it and exits with 1
    assert "versión anterior a la 0.2.0" in message
    assert "python3 run.py --fresh" in message
    assert [path.name for path in run.DATA.iterdir()] == ["abierto.sqlite3"]
    assert (run.DATA / "abierto.sqlite3").read_bytes() == before


@pytest.mark.parametrize("apps", [(), ("wagtailcore", "approval")])
def test_data_of_this_version_passes(run, apps):
    local_database(run, *apps)

    run.refuse_older_data()


def test_missing_local_database_is_prepared(run, monkeypatch):
    assert prepare(run, monkeypatch, is_ready=True) == ["prepare"]


def test_blank_database_url_means_the_local_database(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", " ")
    (run.DATA / "abierto.sqlite3").touch()
    run.delete_local_data(yes=True)
    assert not (run.DATA / "abierto.sqlite3").exists()


def start(run, monkeypatch, *arguments: str) -> list[list[str]]:
    """Start without serving and return the commands of manage.py that it ran."""
    steps: list[list[str]] = []
    monkeypatch.setattr(run, "install", lambda lock: None)
    monkeypatch.setattr(run, "execute", lambda command, **options: steps.append(command[2:]))
    monkeypatch.setattr(run.subprocess, "call", lambda command, **options: steps.append(command[2:]))
    run.start(["--prepare", *arguments])
    return steps


def test_empty_portal_invites_two_administrators(run, monkeypatch):
    steps = start(run, monkeypatch, "--empty", "ana@example.org", "eva@example.org")

    assert steps[0] == ["prepare", "--empty"]
    assert [step[:2] for step in steps[1:]] == [
        ["invite_administrator", "ana@example.org"],
        ["invite_administrator", "eva@example.org"],
    ]


def test_empty_portal_never_gets_the_demo_later(run, monkeypatch):
    start(run, monkeypatch, "--empty")

    (run.DATA / "prepared").unlink()
    assert start(run, monkeypatch) == [["prepare", "--empty"]]


def test_empty_portal_is_not_made_over_existing_data(run, monkeypatch):
    (run.DATA / "abierto.sqlite3").touch()

    with pytest.raises(SystemExit, match="--fresh --empty"):
        start(run, monkeypatch, "--empty")
    assert not (run.DATA / "empty").exists()


def test_empty_portal_needs_two_addresses(run, monkeypatch):
    with pytest.raises(SystemExit, match="dos correos"):
        start(run, monkeypatch, "--empty", "ana@example.org")


def test_busy_port_is_reported_with_another_one(run):
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            run.serve(port)
    assert f"--port {port + 1}" in str(ended.value)


def test_welcome_shows_address_and_accounts(run, capsys):
    row = '{"username": "editora", "password": "una-clave", "role": "Editora", "space": null}'
    (run.DATA / "demo-accounts.json").write_text(f"[{row}]", encoding="utf-8")

    run.print_welcome(8123)

    output = capsys.readouterr().out
    assert "http://localhost:8123/" in output
    assert "editora" in output
    assert "una-clave" in output
    assert "python3 run.py manage demo_code USUARIO" in output
    assert "Con un trabajador al lado" in output


def test_every_check_runs_and_the_failed_ones_are_named(run, capsys):
    program = "print('{}'); raise SystemExit({})"
    steps = {name: [sys.executable, "-c", program.format(name, code)] for name, code in CHECKS}

    assert run.run_checks(steps, dict(os.environ)) == ["dos", "cuatro"]

    output = capsys.readouterr().out
    assert all(f"=== {name}\n{name}\n" in output for name, _code in CHECKS)


def full_test_steps(run) -> dict[str, list[str]]:
    """Return the commands of ``run.py test`` by name."""
    return run.test_steps(argparse.Namespace(fast=False), [])


def test_postgresql_runs_exactly_the_marked_tests(run, monkeypatch):
    monkeypatch.setattr(run, "missing_packages", list)
    steps = full_test_steps(run)

    assert steps["pruebas (SQLite)"] == run.pytest_command()
    assert steps["pruebas (PostgreSQL)"][-2:] == ["-m", "both_databases"]
    assert str(ROOT / "tests/postgresql.py") in steps["pruebas (PostgreSQL)"]


def test_fast_leaves_slow_tests_out_of_requested_paths_too(run):
    fast = argparse.Namespace(fast=True)
    [(name, command)] = run.test_steps(fast, ["tests/pages", "-q"]).items()

    assert name == "pruebas rápidas"
    assert command == [*run.test_steps(fast, [])[name], "tests/pages", "-q"]
    assert command[-4:] == ["-m", "not (browser or elasticsearch or slow)", "tests/pages", "-q"]


def test_postgresql_step_is_left_out_when_missing(run, monkeypatch):
    monkeypatch.setattr(run, "missing_packages", lambda: ["postgresql"])
    assert "pruebas (PostgreSQL)" not in full_test_steps(run)


def test_missing_package_fails_in_ci(run, monkeypatch):
    monkeypatch.setattr(run, "missing_packages", lambda: ["chromium"])
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit):
        run.install_system_packages()


def test_missing_package_is_reported_with_the_command(run, monkeypatch, capsys):
    monkeypatch.setattr(run, "missing_packages", lambda: ["chromium"])
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.delenv("CI", raising=False)
    run.install_system_packages()
    assert "apt-get install --no-install-recommends chromium" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("missing", "offered", "packages"),
    [
        ([], True, ["chromium-headless-shell"]),
        (["chromium", "maven"], True, ["chromium-headless-shell", "maven"]),
        (["chromium", "maven"], False, ["chromium", "maven"]),
    ],
)
def test_the_faster_browser_replaces_chromium_where_apt_offers_it(
    run, monkeypatch, missing, offered, packages
):
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    answer = SimpleNamespace(returncode=0 if offered else 100)
    monkeypatch.setattr(run, "run_quietly", lambda command: answer)
    assert run.with_faster_browser(missing) == packages


def test_chromium_is_not_missing_beside_the_faster_browser(run, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    shell = f"/usr/bin/{run.FASTER_BROWSER}"
    monkeypatch.setattr(run.glob, "glob", lambda pattern: [pattern] if pattern == shell else [])
    assert "chromium" not in run.missing_packages()
    monkeypatch.setattr(run.glob, "glob", lambda pattern: [])
    assert "chromium" in run.missing_packages()
