"""The demo content in a database, an index and uploaded files that can be copied."""

import fcntl
import pickle
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings

from abierto.demo.loader.accounts import Account, read_accounts
from tests.sqlite import copy_database, template


@dataclass(frozen=True)
class World:
    """The folder of the copies, and the demo accounts of this run."""

    database: Path
    index: Path
    originals: Path
    accounts: dict[str, Account]


def shared_world(database: Path, folder: Path) -> World:
    """Load the demo content in the first process that names this folder; the others read what it stored."""
    folder.mkdir(exist_ok=True)
    stored = folder / "world.pickle"
    with open(folder / "lock", "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stored.exists():
            copy_database(template(), database)
            stored.write_bytes(pickle.dumps(load_world(database, folder)))
    world: World = pickle.loads(stored.read_bytes())
    return world


def load_world(database: Path, folder: Path) -> World:
    """Load the demo content into the freshly migrated ``database``, and store a copy of it in ``folder``."""
    media, index = folder / "media", folder / "index"
    with override_settings(MEDIA_ROOT=str(media), ABIERTO_INDEX_DIR=index):
        cache.clear()
        call_command("demo", verbosity=0)
        call_command("search", "rebuild", verbosity=0)
        call_command("update_index", verbosity=0)
    copy = folder / "world.sqlite3"
    copy_database(database, copy)
    accounts = {account.username: account for account in read_accounts()}
    shutil.rmtree(settings.ABIERTO_DATA / "index", ignore_errors=True)
    return World(database=copy, index=index, originals=folder / "private", accounts=accounts)
