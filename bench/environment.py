"""Set up a separate portal for a benchmark: folder, settings and content. Call it before importing models."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def use_folder(folder: Path, settings: str = "bench.settings", **variables: str) -> None:
    """Point this process, and those it starts, at an empty portal and start Django."""
    os.environ["ABIERTO_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(variables)
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django

    django.setup()


def create_database() -> None:
    """Create the tables as a first start does: with one script, then with the migrations it lacks."""
    from django.core.management import call_command
    from django.db import connection

    from abierto.operations.new_database import create_tables

    create_tables(connection)
    call_command("migrate", verbosity=0)


def apart[Result](measured: Callable[..., Result], *arguments: Any) -> Result:
    """Return the result of a module's function run in a fresh process, with the same portal."""
    ours, theirs = multiprocessing.Pipe()
    place = (measured.__module__, measured.__qualname__)
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_send_result, args=(place, arguments, theirs))
    process.start()
    theirs.close()
    result: Result = ours.recv()
    process.join()
    return result


def _send_result(place: tuple[str, str], arguments: tuple[Any, ...], pipe: Connection) -> None:
    # Django starts before the function's module is imported: it imports models.
    import django

    django.setup()
    module, name = place
    pipe.send(getattr(import_module(module), name)(*arguments))


def load_content() -> None:
    """Create the database, load the content of Guanajuato and build the index."""
    from django.core.management import call_command

    create_database()
    with open(os.devnull, "w") as silence:
        call_command("search", "rebuild", stdout=silence, stderr=silence)
        call_command("demo", stdout=silence, stderr=silence)
        call_command("search", "sync", stdout=silence, stderr=silence)
