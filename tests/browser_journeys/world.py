"""The content of Guanajuato in a database and an index that can be copied."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from abierto.demo.loader.accounts import read_accounts


@dataclass(frozen=True)
class World:
    """Where the copies are, and the passwords of the demo accounts of this run."""

    database: Path
    index: Path
    passwords: dict[str, str]


def copy_database(source: Path, target: Path) -> None:
    """Make ``target`` hold what ``source`` holds, also while others have it open."""
    connections.close_all()
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)


def load_world(database: Path, folder: Path) -> World:
    """Load the content into ``database``, which is freshly migrated, and keep a copy of it in ``folder``."""
    media, index = folder / "media", folder / "index"
    with override_settings(MEDIA_ROOT=str(media), ABIERTO_INDEX_DIR=index):
        cache.clear()
        call_command("demo", verbosity=0)
        call_command("search", "rebuild", verbosity=0)
    kept = folder / "world.sqlite3"
    copy_database(database, kept)
    passwords = {account.username: account.password for account in read_accounts()}
    shutil.rmtree(settings.ABIERTO_DATA / "index", ignore_errors=True)
    return World(database=kept, index=index, passwords=passwords)
