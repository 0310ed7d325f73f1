"""Files in a bucket: the same access as in folders, and backup, restore and integrity with it."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from wagtail.models import Page

from abierto.media.models import FileReading, PortalDocument, ReadingState
from abierto.operations.integrity import run_checks
from abierto.settings import environment
from tests.abierto.media.test_image_access import draft_with, stored_image
from tests.abierto.media.uploads import picture
from tests.abierto.microsite_copies.test_copies import build_microsite, document
from tests.bucket import PRIVATE, contents, new_bucket, running_service, variables
from tests.factories import ReportPageFactory, published

FILE_CHECKS = ["missing-files", "unknown-files", "public-files"]


@pytest.fixture(scope="module")
def service():
    with running_service() as address:
        yield address


@pytest.fixture
def bucket(service, settings, monkeypatch):
    """Give the portal a new bucket; return it."""
    for name, value in variables(service).items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = {**settings.STORAGES, **environment.media_storages()}
    for model, name in PRIVATE:
        monkeypatch.setattr(model._meta.get_field(name), "storage", storages["private"])
    with new_bucket(service) as made:
        yield made


@pytest.mark.django_db
@pytest.mark.slow
def test_a_bucket_has_the_access_rules_of_the_folders(bucket, world, client, settings):
    image = stored_image(world.north)
    page = published(draft_with(image))
    rendition = image.get_rendition("width-10")
    document = PortalDocument.objects.create(
        title="Acta", file=ContentFile(b"Contenido", "acta.txt"), collection=world.north.collection
    )

    assert {item.key.split("/")[0] for item in bucket.objects.all()} == {"private", "public"}
    assert not any(Path(settings.MEDIA_ROOT).rglob("*.*"))
    # No address leads to the bucket, not even a signed one.
    assert rendition.url == f"/media/{rendition.file.name}"
    with pytest.raises(NotImplementedError):
        image.file.url  # noqa: B018 (a property that refuses)

    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == rendition.file.storage.open(rendition.file.name).read()
    assert answer["Content-Type"] == "image/png"
    assert client.get(rendition.url, headers={"if-none-match": answer["ETag"]}).status_code == 304

    address = reverse("wagtaildocs_serve", args=[document.pk, "acta.txt"])
    assert client.get(address).status_code in (302, 403, 404)
    client.force_login(world.north_editor)
    assert b"".join(client.get(address).streaming_content) == b"Contenido"
    client.logout()

    page.unpublish()
    assert client.get(rendition.url).status_code == 404


@pytest.mark.slow
def test_a_portal_with_a_bucket_is_read_archived_backed_up_and_restored(bucket, transactional_db, tmp_path):
    room = build_microsite()
    Page.objects.get(slug="home", depth=2).delete()
    file = document(room, "acta")
    published(ReportPageFactory(parent=room.plan, document=file))
    stored_image(room.town.holder).get_rendition("width-10")

    FileReading.objects.update(state=ReadingState.PENDING, sha256="")
    call_command("read_files", stdout=io.StringIO())
    assert [reading.state for reading in FileReading.objects.all()] == [ReadingState.READ]

    call_command("archive", room.plan.slug, tmp_path / "bag", "--without-pdf", stdout=io.StringIO())
    [archived] = (tmp_path / "bag/data/archivos").iterdir()
    assert archived.read_bytes() == b"El acta."

    backups, before = str(tmp_path / "backups"), contents(bucket)
    assert {key.split("/")[0] for key in before} == {"private", "public"}
    call_command("backup", backups, "--plain", stdout=io.StringIO())
    storages["private"].delete(file.file.name)
    storages["private"].save(file.file.name, ContentFile(b"Otra"))
    storages["private"].save("documents/tres.txt", ContentFile(b"Tres"))
    with pytest.raises(CommandError, match="Aquí ya hay un portal"):
        call_command("restore", backups, stderr=io.StringIO())

    call_command("restore", backups, "--replace", stdout=io.StringIO(), stderr=io.StringIO())

    assert contents(bucket) == before


@pytest.mark.django_db
def test_integrity_walks_a_bucket(bucket):
    PortalDocument.objects.create(title="Perdida", file=ContentFile(b"Contenido", "acta.txt"))
    bucket.objects.all().delete()
    bucket.put_object(Key="private/documents/suelto.txt", Body=b"Suelto")
    bucket.put_object(Key="public/images/ajena.png", Body=picture())

    found = "\n".join(finding.message for each in run_checks(FILE_CHECKS).values() for finding in each)

    for words in ("«Perdida» no está en el disco", "documents/suelto.txt", "images/ajena.png"):
        assert words in found
