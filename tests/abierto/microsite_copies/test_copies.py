"""A complete microsite as a ZIP: what is public, with checksums, ordered by people with permission."""

import datetime
import hashlib
import io
import json
import tracemalloc
import zipfile

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from abierto.approval.errors import NotAllowed
from abierto.media.models import PortalDocument
from abierto.microsite_copies import services
from abierto.microsite_copies.archive import CHECKSUMS, MANIFEST, ArchiveWriter, safe_name
from abierto.microsite_copies.content import write_copy
from abierto.microsite_copies.models import CopyState, MicrositeCopy
from abierto.microsite_copies.services import make_waiting_copies, order_copy
from abierto.operations.integrity import run_checks
from pages.plans.models import PlanPage
from tests.abierto.spaces.agreeing import build_towns, page_of
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    published,
)
from tests.pages.admin.worlds import signed_in
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COPIES = reverse("microsite_copies:list")


def document(room, name, content=b"El acta."):
    return PortalDocument.objects.create(
        title=name, file=ContentFile(content, f"{name}.txt"), collection=room.town.holder.collection
    )


@built_once
def build_microsite():
    """A town with a public plan and its figures, and a draft that was not approved."""
    room = build_towns()
    room.plan = published(page_of(room.town, "plan"))
    axis = published(AxisPageFactory(parent=room.plan, code="1"))
    commitment = published(CommitmentPageFactory(parent=axis, code="1.1", actions=2))
    published(ProgressUpdatePageFactory(parent=commitment, rows={1: 40, 2: 10}))
    news = page_of(room.town, "noticias")
    news.title = "Borrador que nadie aprobó"
    news.save_revision(user=room.town.editor)
    return room


@pytest.fixture
def room():
    """The town, with a report that shows a document, and a document that no page shows."""
    room = build_microsite()
    # The folder of the files is another one for each test.
    room.file, room.secret = document(room, "acta"), document(room, "borrador", b"Nadie lo aprueba.")
    room.report = published(ReportPageFactory(parent=room.plan, document=room.file))
    return room


def copied(room) -> zipfile.ZipFile:
    target = io.BytesIO()
    write_copy(room.town.holder, target)
    return zipfile.ZipFile(target)


def test_it_contains_pages_figures_and_files_with_their_checksums(room):
    archive = copied(room)
    manifest = json.loads(archive.read(MANIFEST))
    entries = {entry["path"]: entry for entry in manifest["entries"]}

    assert archive.testzip() is None
    assert set(archive.namelist()) == {*entries, MANIFEST, CHECKSUMS}
    for path, entry in entries.items():
        content = archive.read(path)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["bytes"], entry["sha256"])
    sums = dict(reversed(line.split("  ")) for line in archive.read(CHECKSUMS).decode().splitlines())
    assert sums[MANIFEST] == hashlib.sha256(archive.read(MANIFEST)).hexdigest()
    pages = [path for path in entries if path.startswith("paginas/")]
    assert any(path.endswith("/plan/index.html") for path in pages)
    assert b"1.1" in archive.read("datos/cifras.csv")
    assert room.report.title.encode() in archive.read("datos/informes.csv")
    files = [path for path in entries if path.startswith("archivos/")]
    assert [archive.read(path) for path in files] == [b"El acta."]
    assert manifest["missing"] == []
    plan = next(entry for entry in entries.values() if entry["title"] == room.plan.title)
    assert plan["source"].endswith(room.plan.get_url())


def test_nothing_that_is_not_public_is_in_it(room):
    archive = copied(room)
    everything = b"".join(archive.read(name) for name in archive.namelist())

    assert b"Borrador que nadie" not in everything
    assert b"Nadie lo aprueba" not in everything
    assert "borrador" not in " ".join(archive.namelist())


def test_a_withdrawn_page_is_removed_with_its_figures_and_files(room):
    PlanPage.objects.get(pk=room.plan.pk).unpublish()
    archive = copied(room)

    assert not [name for name in archive.namelist() if "/plan/" in name or name.startswith("archivos/")]
    assert len(archive.read("datos/cifras.csv").splitlines()) == 1


def test_a_file_that_is_lost_is_named_in_the_manifest(room):
    room.file.file.storage.delete(room.file.file.name)

    manifest = json.loads(copied(room).read(MANIFEST))

    assert [lost["title"] for lost in manifest["missing"]] == ["acta"]


def test_five_hundred_files_need_no_more_memory_than_ten(tmp_path):
    def peak(number):
        with (tmp_path / f"{number}.zip").open("wb") as target:
            tracemalloc.start()
            with ArchiveWriter(target) as writer:
                for file in range(number):
                    parts = (bytes(64 * 1024) for _part in range(16))
                    writer.add(f"archivos/{file}.bin", parts, "document")
                writer.finish({})
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    assert peak(500) < peak(10) + 1_500_000


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("acta: 1?.pdf", "acta_ 1_.pdf"),
        ("..", "archivo"),
        ("ñ.pdf", "ñ.pdf"),
    ],
)
def test_names_are_safe_on_every_system(name, safe):
    assert safe_name(name) == safe


# --- Ordering --------------------------------------------------------------------------------------------


def test_the_administrator_orders_and_downloads_it(room):
    client = signed_in(room.town.boss)
    slug = room.town.holder.slug
    assert "Copia del micrositio" in client.get(COPIES).content.decode()
    assert "Se está preparando" in client.post(COPIES, {"space": slug}, follow=True).content.decode()
    assert "Ya se está preparando" in client.post(COPIES, {"space": slug}, follow=True).content.decode()

    call_command("copy_microsites", verbosity=0)

    copy = MicrositeCopy.objects.get()
    address = reverse("microsite_copies:download", args=[copy.pk])
    content = b"".join(client.get(address).streaming_content)
    assert hashlib.sha256(content).hexdigest() == copy.sha256
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert (copy.state, copy.file_count) == (CopyState.DONE, 1)
    assert copy.page_count > 3
    assert address in client.get(COPIES).content.decode()
    assert [letter.to for letter in mail.outbox if "copia" in letter.subject] == [[room.town.boss.email]]
    assert not run_checks(["unknown-files"])["unknown-files"]


def test_the_state_orders_every_copy_and_others_none(room):
    assert order_copy(room.town.holder, room.boss)
    for user in (room.town.editor, room.town.reviewer, room.neighbour.boss):
        with pytest.raises(NotAllowed):
            order_copy(room.town.holder, user)
    make_waiting_copies()
    address = reverse("microsite_copies:download", args=[MicrositeCopy.objects.get().pk])
    assert signed_in(room.boss).get(address).status_code == 200
    assert signed_in(room.neighbour.boss).get(address).status_code == 404
    assert signed_in(room.town.editor).get(address).status_code == 404
    assert signed_in(room.neighbour.boss).post(COPIES, {"space": room.town.holder.slug}).status_code == 404


def test_its_file_is_named_by_the_local_day_of_the_order(room):
    order_copy(room.town.holder, room.boss)
    make_waiting_copies()
    copy = MicrositeCopy.objects.get()
    evening = datetime.datetime(2026, 11, 30, 19, 30, tzinfo=timezone.get_default_timezone())
    MicrositeCopy.objects.update(ordered_at=evening)

    response = signed_in(room.boss).get(reverse("microsite_copies:download", args=[copy.pk]))

    name = f"{room.town.holder.slug}-2026-11-30.zip"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_new_copy_replaces_the_earlier_and_a_failure_is_recorded(room, monkeypatch):
    order_copy(room.town.holder, room.boss)
    make_waiting_copies()
    first = MicrositeCopy.objects.get()
    order_copy(room.town.holder, room.boss)
    make_waiting_copies()
    second = MicrositeCopy.objects.get()
    assert second.pk != first.pk
    assert not first.file.storage.exists(first.file.name)

    def fail(*args):
        raise OSError("disk full")

    monkeypatch.setattr(services, "write_copy", fail)
    order_copy(room.town.holder, room.boss)
    make_waiting_copies()

    assert MicrositeCopy.objects.first().state == CopyState.FAILED
    assert "No se pudo hacer" in signed_in(room.boss).get(COPIES).content.decode()
    assert MicrositeCopy.objects.filter(pk=second.pk).exists()


def test_the_command_writes_one_and_overwrites_nothing(room, tmp_path):
    path = tmp_path / "coroneo.zip"

    call_command("copy_microsites", "11010", output=path, verbosity=0)

    assert zipfile.ZipFile(path).testzip() is None
    with pytest.raises(CommandError, match="ya existe"):
        call_command("copy_microsites", "11010", output=path)
    with pytest.raises(CommandError, match="Ningún micrositio"):
        call_command("copy_microsites", "99999")
