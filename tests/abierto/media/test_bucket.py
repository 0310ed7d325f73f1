"""Files in a bucket: the same access as in folders, and backup, restore and integrity with it."""

from pathlib import Path

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from moto.server import ThreadedMotoServer

from abierto.media.models import PortalDocument, PortalImage
from abierto.operations.backups.folder import BackupFolder, Sealing
from abierto.operations.backups.making import make_backup
from abierto.operations.backups.opening import OpenedBackup
from abierto.operations.backups.restoring import is_place_empty, put_files
from abierto.operations.integrity import run_checks
from abierto.settings import environment
from tests.abierto.media.test_image_access import draft_with, stored_image
from tests.abierto.media.uploads import picture
from tests.factories import published

BUCKET = "media"
KEYS = {"aws_access_key_id": "portal", "aws_secret_access_key": "secreta", "region_name": "us-east-1"}
FILE_CHECKS = ["missing-files", "unknown-files", "public-files"]


@pytest.fixture(scope="module")
def service():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(service, settings, monkeypatch):
    """Give the portal a new bucket; return it."""
    made = boto3.resource("s3", endpoint_url=service, **KEYS).create_bucket(Bucket=BUCKET)
    variables = {
        "ABIERTO_S3_BUCKET": BUCKET,
        "ABIERTO_S3_ENDPOINT": service,
        "ABIERTO_S3_REGION": "us-east-1",
        "ABIERTO_S3_ACCESS_KEY": "portal",
        "ABIERTO_S3_SECRET_KEY": "secreta",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = {**settings.STORAGES, **environment.media_storages()}
    for model in (PortalImage, PortalDocument):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storages["private"])
    yield made
    made.objects.all().delete()
    made.delete()


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
def test_backup_and_restore_of_a_bucket(bucket, transactional_db, tmp_path):
    private = storages["private"]
    private.save("documents/uno.txt", ContentFile(b"Uno"))
    private.save("documents/dos.txt", ContentFile(b"Dos"))
    folder = BackupFolder(tmp_path / "backups")
    figures = make_backup(folder, Sealing())
    assert figures.files == 2

    opened = OpenedBackup(folder, folder.find(), [])
    files = opened.read_manifest().files
    opened.write_files([(file.sha256, tmp_path / "staged" / file.name) for file in files], figures.bytes)
    private.delete("documents/uno.txt")
    private.delete("documents/dos.txt")
    private.save("documents/dos.txt", ContentFile(b"Otro"))
    private.save("documents/tres.txt", ContentFile(b"Tres"))
    assert not is_place_empty()

    put_files(tmp_path / "staged", private)

    stored = {item.key: item.get()["Body"].read() for item in bucket.objects.all()}
    assert stored == {"private/documents/uno.txt": b"Uno", "private/documents/dos.txt": b"Dos"}


@pytest.mark.django_db
def test_integrity_walks_a_bucket(bucket):
    PortalDocument.objects.create(title="Perdida", file=ContentFile(b"Contenido", "acta.txt"))
    bucket.objects.all().delete()
    bucket.put_object(Key="private/documents/suelto.txt", Body=b"Suelto")
    bucket.put_object(Key="public/images/ajena.png", Body=picture())

    found = "\n".join(finding.message for each in run_checks(FILE_CHECKS).values() for finding in each)

    for words in ("«Perdida» no está en el disco", "documents/suelto.txt", "images/ajena.png"):
        assert words in found
