"""Create the dump of a release, once, with the code of that release (``docs/decisions/0022``).

    PYTHONPATH=site:. DJANGO_SETTINGS_MODULE=abierto.settings.test python -m pytest tests/releases/dump.py

Not collected by default: its name does not begin with ``test_``.
"""

import lzma
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.abierto.operations.portal import portal

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 200_000


def test_dump_a_small_portal(transactional_db, tmp_path):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    portal()
    rebuild(get_engine())
    call_command("update_index", verbosity=0)
    call_command("integrity")
    connection.close()

    plain = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
        database.execute("VACUUM INTO ?", [str(plain)])
    packed = lzma.compress(plain.read_bytes(), preset=9 | lzma.PRESET_EXTREME)

    assert len(packed) <= MOST_BYTES
    target = ROOT / "tests/releases" / version / "portal.sqlite3.xz"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(packed)
