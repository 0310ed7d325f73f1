"""``manage.py prepare`` runs its steps in order in one process and reports progress."""

import gc
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from abierto.operations.management.commands import prepare


@pytest.fixture
def steps(monkeypatch) -> Iterator[list[tuple[str, ...]]]:
    """Record the commands instead of running them; restore the garbage-collection thresholds."""
    run: list[tuple[str, ...]] = []

    def record(*arguments: str, stdout: Any = None, **options: Any) -> None:
        run.append(arguments)
        if arguments == ("migrate",):
            for number in range(60):
                stdout.write(f"  Applying pages.{number:04}...")
                stdout.write(" OK\n")

    monkeypatch.setattr(prepare, "create_tables", lambda connection: run.append(("script",)))
    monkeypatch.setattr(prepare, "call_command", record)
    thresholds = gc.get_threshold()
    yield run
    gc.set_threshold(*thresholds)


def test_indexes_are_built_once_after_the_content(steps):
    call_command("prepare", stdout=io.StringIO(), stderr=io.StringIO())
    assert steps == [("script",), ("migrate",), ("demo",), ("search", "rebuild"), ("update_index",)]


def test_empty_portal_gets_no_demo(steps):
    call_command("prepare", "--empty", stdout=io.StringIO(), stderr=io.StringIO())
    assert steps == [("script",), ("migrate",), ("empty_portal",), ("search", "rebuild"), ("update_index",)]


def test_progress_goes_to_standard_error(steps):
    out, err = io.StringIO(), io.StringIO()

    call_command("prepare", stdout=out, stderr=err)

    assert out.getvalue() == ""
    assert err.getvalue().splitlines() == [
        "· Preparo la base de datos",
        "  25 migraciones aplicadas",
        "  50 migraciones aplicadas",
        "· Cargo el contenido de Guanajuato",
        "· Construyo el índice de búsqueda",
    ]


def test_failed_step_ends_the_command(monkeypatch, steps):
    def fail(*arguments: str, **options: Any) -> None:
        steps.append(arguments)
        raise CommandError("Ya hay una cuenta «revision» que no es de demostración.")

    monkeypatch.setattr(prepare, "call_command", fail)
    with pytest.raises(CommandError, match="revision"):
        call_command("prepare", stdout=io.StringIO(), stderr=io.StringIO())
    assert steps == [("script",), ("migrate",)]
