"""Backups: the drill while people publish, the refusals of ``restore``, and the retention of backups."""

import io
import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page

from abierto.media.models import PortalDocument
from abierto.media.storage import private_storage
from abierto.operations.backups import decryption
from abierto.operations.backups.creation import make_backup
from abierto.operations.backups.decryption import BackupReader, read_keys, write_new_key
from abierto.operations.backups.drill import restore_elsewhere
from abierto.operations.backups.folder import Backup, BackupFolder, BackupProblem, Encryption, find_retained
from abierto.operations.backups.restoration import find_staged
from tests import factories
from tests.abierto.approval.newsroom import newsroom
from tests.concurrency.processes import run_in_parallel
from tests.factories import published

PEOPLE = 8
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def publish_pages(name: str, count: int) -> int:
    """Publish pages and store documents, one after another."""
    for number in range(count):
        published(factories.StandardPageFactory(title=f"{name} {number}"))
        PortalDocument.objects.create(title=name, file=ContentFile(f"{name} {number}".encode(), "a.txt"))
    return count


def store_without_row(name: str, age: float) -> None:
    """Store a document of so many seconds ago that no row has."""
    path = Path(private_storage().path(private_storage().save(f"documents/{name}", ContentFile(b"Suelto"))))
    os.utime(path, (time.time() - age,) * 2)


def back_up(folder: BackupFolder, recipient: str, after: float = 0) -> str:
    time.sleep(after)
    return make_backup(folder, Encryption(recipient)).name


@pytest.mark.slow
@pytest.mark.both_databases
def test_drill_while_people_publish(transactional_db, tmp_path):
    newsroom()
    # Wagtail's own first page has no type of the project: integrity would report it.
    Page.objects.get(slug="home", depth=2).delete()
    publish_pages("Antes", 2)
    store_without_row("reciente.txt", age=0)  # as of an upload whose row is not committed yet
    store_without_row("olvidado.txt", age=7200)
    folder, recipient = BackupFolder(tmp_path / "backups"), write_new_key(tmp_path / "key")

    publishing = [partial(publish_pages, f"Persona {number}", 2) for number in range(PEOPLE)]
    *counts, made = run_in_parallel([*publishing, partial(back_up, folder, recipient, 0.3)])
    assert counts == [2] * PEOPLE
    assert [backup.path.name for backup in folder.backups()] == [made]

    restored = restore_elsewhere(tmp_path)

    assert restored["findings"] == ["El archivo documents/olvidado.txt no es de ninguna ficha."]
    assert restored["chain"] is True
    assert restored["files"] >= 2


@pytest.fixture
def folder(tmp_path) -> BackupFolder:
    return BackupFolder(tmp_path / "backups")


@pytest.fixture
def backed_up(folder, transactional_db, tmp_path) -> Backup:
    """A backup with two files, encrypted for the key in ``tmp_path / "key"``."""
    private_storage().save("documents/uno.txt", ContentFile(b"Contenido secreto"))
    private_storage().save("documents/dos.txt", ContentFile(b"Otro secreto"))
    make_backup(folder, Encryption(write_new_key(tmp_path / "key")))
    return folder.find()


@pytest.mark.slow
def test_a_backup_is_encrypted_stores_each_file_once_and_opens_only_with_its_key(backed_up, folder, tmp_path):
    for path in folder.path.rglob("*"):
        assert path.is_dir() or b"secreto" not in path.read_bytes()
        assert path.is_dir() or b"SQLite format 3" not in path.read_bytes()
    opened = BackupReader(folder, backed_up, read_keys([tmp_path / "key"]))
    manifest = opened.read_manifest()
    _other, stored = manifest.files
    opened.write_files([(stored.sha256, tmp_path / "one.txt")], stored.bytes)
    assert (tmp_path / "one.txt").read_bytes() == b"Contenido secreto"

    figures = make_backup(folder, Encryption((tmp_path / "key").read_text().split()[1]))
    assert (figures.files, figures.new_files) == (2, 0)

    write_new_key(tmp_path / "other")
    for keys, sentence in ([], "cifrado"), ([tmp_path / "other"], "la clave es otra"):
        with pytest.raises(BackupProblem, match=sentence):
            BackupReader(folder, backed_up, read_keys(keys)).read_manifest()

    refuses("Aquí ya hay un portal", folder, tmp_path / "key")
    damages: dict[str, Callable[[], object]] = {
        "La base|dañado": partial(damage, backed_up.path / "database"),
        "falta": partial((backed_up.path / "manifest").unlink),
    }
    for sentence, do_damage in damages.items():
        do_damage()
        refuses(sentence, folder, tmp_path / "key", "--replace", f"--backup={backed_up.path.name}")
    for path in (folder.path / "files").rglob(stored.sha256):
        damage(path)
    before = sorted(path.name for path in Path(private_storage().path("")).parent.rglob("*"))
    refuses("descifrar", folder, tmp_path / "key", "--replace")
    assert sorted(path.name for path in Path(private_storage().path("")).parent.rglob("*")) == before
    assert private_storage().open("documents/uno.txt").read() == b"Contenido secreto"
    assert Page.objects.exists()


@pytest.mark.slow
def test_files_are_decrypted_by_processes_together(backed_up, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(decryption, "BYTES_OF_A_PROCESS", 1)
    opened = BackupReader(folder, backed_up, read_keys([tmp_path / "key"]))
    manifest = opened.read_manifest()
    contents = {b"Contenido secreto", b"Otro secreto"}

    def write_to(name: str) -> set[bytes]:
        targets = [(file.sha256, tmp_path / name / file.name) for file in manifest.files]
        opened.write_files(targets, sum(file.bytes for file in manifest.files))
        return {path.read_bytes() for _sha256, path in targets}

    assert write_to("whole") == contents
    damage(folder.file_path(backed_up.key_id, manifest.files[1].sha256))
    with pytest.raises(BackupProblem, match="dañado"):
        write_to("damaged")


@pytest.mark.slow
def test_a_portal_in_use_is_replaced_by_its_backup(folder, transactional_db):
    page = newsroom().commitment
    Page.objects.get(slug="home", depth=2).delete()
    publish_pages("Antes", 1)
    document = PortalDocument.objects.get()
    call_command("backup", str(folder.path), "--plain", stdout=io.StringIO())
    Page.objects.filter(pk=page.pk).update(title="Cambiada a mano")
    private_storage().delete(document.file.name)
    publish_pages("Después", 1)

    call_command("restore", str(folder.path), "--replace", stdout=io.StringIO(), stderr=io.StringIO())

    assert Page.objects.get(pk=page.pk).title == page.title
    assert [found.pk for found in PortalDocument.objects.all()] == [document.pk]
    assert private_storage().open(document.file.name).read() == b"Antes 0"
    assert not Page.objects.filter(title__startswith="Después").exists()


def damage(path: Path) -> None:
    """Change the last byte of a file."""
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def refuses(sentence: str, folder: BackupFolder, key: Path, *options: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", str(folder.path), "--key", str(key), *options, stderr=io.StringIO())


def test_a_manifest_cannot_write_outside_of_its_storage(tmp_path):
    assert find_staged(tmp_path, "private", "documents/a.txt") == tmp_path / "private/documents/a.txt"
    for storage, name in (("private", "../../a.txt"), ("private", "/etc/a.txt"), ("staticfiles", "a.txt")):
        with pytest.raises(BackupProblem, match="fuera de su lugar"):
            find_staged(tmp_path, storage, name)


def test_an_interrupted_backup_leaves_nothing(folder):
    with pytest.raises(RuntimeError), folder.new_backup(NOON) as unfinished:  # noqa: PT012 (fails inside)
        (unfinished / "database").touch()
        raise RuntimeError
    assert list(folder.path.iterdir()) == []
    with pytest.raises(BackupProblem, match="no hay respaldos"):
        folder.find()


def test_the_newest_of_each_day_and_week_stays(folder):
    moments = [NOON - timedelta(hours=hours) for hours in range(0, 24 * 40, 6)]
    backups = [Backup(Path(f"{moment:%Y-%m-%dT%H%M%S.%fZ}"), {}) for moment in moments]
    retained = [backup.made_at for backup in find_retained(backups, days=3, weeks=4)]
    assert [f"{moment:%d %H}" for moment in retained] == [
        "30 12",
        "29 18",
        "28 18",
        "27 18",
        "22 18",
        "15 18",
        "08 18",
    ]
    assert find_retained(backups[:1], days=0, weeks=0) == backups[:1]


def test_the_command_says_what_is_missing(settings, tmp_path):
    settings.ABIERTO_BACKUP_DIR = settings.ABIERTO_BACKUP_RECIPIENT = ""
    for options, sentence in ([], "ABIERTO_BACKUP_DIR"), ([str(tmp_path)], "ABIERTO_BACKUP_RECIPIENT"):
        with pytest.raises(CommandError, match=sentence):
            call_command("backup", *options)
    settings.ABIERTO_BACKUP_RECIPIENT = "age1"
    with pytest.raises(BackupProblem, match="no se entiende"):
        Encryption("age1").write(io.BytesIO(b"x"), tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_command_deletes_what_is_past_its_term_and_runs_the_offsite_command(
    settings, tmp_path, transactional_db
):
    settings.ABIERTO_BACKUP_COMMAND = ["/bin/sh", "-c", 'echo "$1" > "$0/sent"']
    folder = BackupFolder(tmp_path / "backups")
    call_command("backup", str(folder.path), "--plain", stdout=io.StringIO())
    newest = folder.find()
    assert (folder.path / "sent").read_text().strip() == str(newest.path)
    shutil.copytree(newest.path, folder.path / "2020-01-01T000000.000000Z")
    (folder.path / "files/plain/00").mkdir(parents=True)
    (folder.path / "files/plain/00/unused").touch()
    assert folder.delete_old(days=1, weeks=1) == 1
    assert folder.backups() == [newest]
    assert not (folder.path / "files/plain/00/unused").exists()
    settings.ABIERTO_BACKUP_COMMAND = ["/bin/false"]
    with pytest.raises(CommandError, match="terminó con 1"):
        call_command("backup", str(folder.path), "--plain", stdout=io.StringIO())
