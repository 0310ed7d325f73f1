"""From SQLite to PostgreSQL: every row, the sequences, the triggers and the ledger, or nothing."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from wagtail.models import Page

from abierto.media.models import PortalDocument
from abierto.settings import environment
from abierto.settings.base import ROOT
from tests import factories
from tests.abierto.approval.newsroom import newsroom
from tests.bucket import contents, new_bucket, running_service, variables
from tests.factories import published
from tests.postgresql import NoPostgreSQL, running_postgresql

pytestmark = pytest.mark.slow

# What a portal can do only if the sequences, the triggers and the rows are right.
AFTERWARDS = """
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from wagtail.models import Page
from abierto.media.models import PortalDocument
from abierto.operations.integrity import run_checks
page = Page.objects.get(title="Puentes")
copy = page.copy(update_attrs={"title": "Otra", "slug": "otra"}, keep_live=False)
try:
    with transaction.atomic():
        Page.objects.filter(pk=copy.pk).update(live=True)
    print("no trigger")
except DatabaseError:
    pass
checks = ["ledger", "approvals", "triggers", "tree", "records", "admin-index"]
found = run_checks([*checks, "missing-files", "unknown-files", "file-contents"])
print([finding.message for findings in found.values() for finding in findings])
PortalDocument.objects.get().file.delete(save=False)
print([finding.message for finding in run_checks(["missing-files"])["missing-files"]])
"""


@pytest.fixture
def bucket(settings, monkeypatch):
    """Give the portal, and the processes of its commands, a bucket for its files."""
    with running_service() as service, new_bucket(service) as made:
        for name, value in variables(service).items():
            monkeypatch.setenv(name, value)
        settings.STORAGES = {**settings.STORAGES, **environment.media_storages()}
        monkeypatch.setattr(PortalDocument._meta.get_field("file"), "storage", storages["private"])
        yield made


@pytest.fixture
def portal(transactional_db, bucket, tmp_path) -> Path:
    """The file of a portal with content, whose document is in a bucket."""
    if connection.vendor != "sqlite":
        pytest.skip("Moves from SQLite.")
    PortalDocument.objects.create(title="Acta", file=ContentFile(b"Contenido", "acta.txt"))
    newsroom()
    Page.objects.get(slug="home", depth=2).delete()
    published(factories.StandardPageFactory(title="Puentes", summary="Ñandú «ü» 100 %\\"))
    path = tmp_path / "portal.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return path


@pytest.fixture
def new_database():
    """The address of an empty PostgreSQL database."""
    try:
        with running_postgresql() as url:
            yield url
    except NoPostgreSQL as missing:
        pytest.skip(str(missing))


def manage(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "django", *arguments]
    variables = {**os.environ, "DATABASE_URL": url}
    return subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_portal_moves_to_postgresql_whole_or_not_at_all(portal, new_database, bucket):
    damaged = portal.with_name("damaged.sqlite3")
    shutil.copyfile(portal, damaged)
    with closing(sqlite3.connect(damaged)) as database, database:
        database.execute("UPDATE approval_ledgerhead SET link = 'x'")
    refused = manage(new_database, "move_database", str(damaged))
    assert (refused.returncode, "El libro de aprobaciones está dañado" in refused.stderr) == (1, True)

    moved = manage(new_database, "move_database", str(portal))
    assert moved.returncode == 0, moved.stderr
    assert "iguales en las dos bases" in moved.stdout
    assert "wagtailcore_page: " in moved.stdout

    again = manage(new_database, "move_database", str(portal))
    assert "no está vacía" in again.stderr
    afterwards = manage(new_database, "shell", "--no-imports", "-c", AFTERWARDS)
    assert afterwards.stdout.splitlines() == ["[]", "['El archivo de «Acta» no está en el disco.']"], (
        afterwards.stderr
    )
    assert contents(bucket) == {}


def test_a_database_that_is_not_postgresql_is_refused(portal):
    with pytest.raises(CommandError, match="DATABASE_URL"):
        call_command("move_database", str(portal))
