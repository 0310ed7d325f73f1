"""A portal of the benchmark's own: its folder, settings and content. Call it before importing models."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def use_folder(folder: Path) -> None:
    """Point this process, and those it starts, at an empty portal and start Django."""
    os.environ["ABIERTO_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ.pop("DATABASE_URL", None)
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


def load_content() -> None:
    """Create the database, load the content of Guanajuato and build the index."""
    from django.core.management import call_command

    create_database()
    with open(os.devnull, "w") as silence:
        call_command("search", "rebuild", stdout=silence, stderr=silence)
        call_command("demo", stdout=silence, stderr=silence)
        call_command("search", "sync", stdout=silence, stderr=silence)
