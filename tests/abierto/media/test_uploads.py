"""Uploads through the admin and public access to the stored files."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from abierto.media.models import PortalDocument, PortalImage
from tests.abierto.media.uploads import PDF, jpeg_with_gps, picture, png_bomb, stored_document, upload

pytestmark = pytest.mark.django_db


def send_image(client, world, name: str, content: bytes):
    return client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Foto de la sesión",
            "file": upload(name, content),
            "collection": world.north.collection_id,
        },
    )


def send_document(client, world, name: str, content: bytes):
    return client.post(
        reverse("wagtaildocs:add"),
        {
            "title": "Acta de la sesión",
            "file": upload(name, content),
            "collection": world.north.collection_id,
        },
    )


# --- Images --------------------------------------------------------------------------------------------


def test_image_is_stored_without_metadata_under_random_name(editor, world):
    send_image(editor, world, "IMG casa de Ana.jpg", jpeg_with_gps(orientation=6, size=(40, 20)))

    image = PortalImage.objects.get()
    assert image.space == world.north
    assert "Ana" not in image.file.name
    with image.file.open() as file:
        content = file.read()
    assert b"Exif" not in content
    assert (image.width, image.height) == (20, 40)
    assert image.file_size == len(content)
    image.refresh_from_db()
    assert (image.width, image.height) == (20, 40)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("acta.png", b"\x89PNG\r\n\x1a\n" + b"basura" * 50, "no es una imagen PNG"),
        ("bomba.png", png_bomb(12_000, 12_000), "millones de puntos"),
        ("escudo.png", png_bomb(10_000, 10_000), "millones de puntos"),
        ("escudo.png", b"<svg><script>alert(1)</script></svg>", "no es una imagen PNG"),
        ("rota.jpg", picture("JPEG", (900, 900))[:900], "dañada o incompleta"),
        ("dibujo.svg", b"<svg/>", "guárdala como JPG o PNG"),
        ("foto.heic", b"x", "guárdala como JPG o PNG"),
        ("foto.jpg", picture(), "es una imagen PNG"),
    ],
)
def test_invalid_image_is_a_field_error_and_keeps_other_input(editor, world, name, content, sentence):
    response = send_image(editor, world, name, content)

    assert response.status_code == 200
    form = response.context["form"]
    (error,) = form.errors["file"]
    assert sentence in error
    assert form["title"].value() == "Foto de la sesión"
    assert not PortalImage.objects.exists()


def test_invalid_image_in_multiple_upload_is_an_error_message(editor, world):
    response = editor.post(
        reverse("wagtailimages:add_multiple"),
        {
            "title": "x",
            "collection": world.north.collection_id,
            "files[]": upload("a.png", b"\x89PNG\r\n\x1a\nx"),
        },
    )

    answer = json.loads(response.content)
    assert answer["success"] is False
    assert "no es una imagen PNG" in answer["error_message"]


def test_pending_multiple_upload_is_cleaned(editor, world):
    """Wagtail stores the raw upload when another field is invalid; cleaning happens in the file field."""
    waiting = editor.post(
        reverse("wagtailimages:add_multiple"),
        {
            "title": "x" * 300,
            "collection": world.north.collection_id,
            "files[]": upload("a.jpg", jpeg_with_gps()),
        },
    )
    upload_id = json.loads(waiting.content)["uploaded_file_id"]
    prefix = f"uploaded-image-{upload_id}"

    editor.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload_id]),
        {f"{prefix}-title": "Foto", f"{prefix}-collection": world.north.collection_id},
    )

    with PortalImage.objects.get().file.open() as file:
        assert b"Exif" not in file.read()


def test_image_saved_by_code_is_cleaned(world):
    image = PortalImage(
        title="Foto", file=upload("a.jpg", jpeg_with_gps()), collection=world.north.collection
    )
    image.save()

    with image.file.open() as file:
        assert b"Exif" not in file.read()
    assert image.file_hash


def test_file_of_saved_image_cannot_be_replaced(editor, world):
    send_image(editor, world, "a.png", picture())
    image = PortalImage.objects.get()
    before = image.file.name

    response = editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "Otra", "file": upload("b.png", picture()), "collection": world.north.collection_id},
    )

    assert "Sube una versión nueva" in response.context["form"].errors["file"][0]
    image.refresh_from_db()
    assert image.file.name == before
    assert image.file.storage.exists(before)


def test_details_of_saved_image_can_be_edited(editor, world):
    send_image(editor, world, "a.png", picture())
    image = PortalImage.objects.get()

    editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {
            "title": "Foto",
            "description": "Seis personas firman un acta.",
            "collection": world.north.collection_id,
            "tags": "",
        },
    )

    image.refresh_from_db()
    assert image.default_alt_text == "Seis personas firman un acta."


def test_only_renditions_have_a_url(client, world):
    image = PortalImage(title="Foto", file=upload("a.png", picture()), collection=world.north.collection)
    image.save()
    rendition = image.get_rendition("width-10")

    assert client.get(rendition.url).status_code == 404
    client.force_login(world.north_editor)
    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    with Image.open(BytesIO(b"".join(answer.streaming_content))) as shown:
        assert shown.width == 10
    with pytest.raises(NotImplementedError):
        _ = image.file.url
    name = Path(image.file.name).name
    for address in (
        f"/media/original_images/{name}",
        f"/media/images/../original_images/{name}",
        f"/media/images/{name}",
        "/media/",
        "/media/images/",
        "/media/images/%00",
    ):
        assert client.get(address).status_code == 404, address


def test_private_files_are_outside_the_public_folder(world):
    PortalImage(title="Foto", file=upload("a.png", picture()), collection=world.north.collection).save()
    stored_document(world.north)

    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


# --- Documents -----------------------------------------------------------------------------------------


def test_document_has_random_storage_name_and_own_download_name(editor, world):
    send_document(editor, world, "Acta núm. 3 (final).pdf", PDF)

    document = PortalDocument.objects.get()
    assert document.space == world.north
    assert "Acta" not in document.file.name
    assert document.file.name.endswith(".pdf")
    assert document.filename == "Acta_núm._3_final.pdf"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("acta.pdf", b"<!DOCTYPE html><script>1</script>", "no es de un archivo PDF"),
        ("acta.html", b"<html></html>", "No se admite este formato"),
        ("acta.svg", b"<svg/>", "No se admite este formato"),
        ("acta.exe", b"MZ", "No se admite este formato"),
        ("acta.doc", b"x", "guárdalo como .docx o PDF"),
        ("datos.csv", b"a\x00b", "CSV UTF-8"),
        ("acta.pdf", b"", "vacío"),
    ],
)
def test_invalid_document_is_one_field_error(editor, world, name, content, sentence):
    response = send_document(editor, world, name, content)

    assert response.status_code == 200
    (error,) = response.context["form"].errors["file"]
    assert sentence in error
    assert not PortalDocument.objects.exists()


def test_invalid_document_in_chooser_is_one_field_error(editor, world):
    """Evidence is uploaded here."""
    response = editor.post(
        reverse("wagtaildocs_chooser:create"),
        {
            "document-chooser-upload-title": "Acta",
            "document-chooser-upload-file": upload("acta.doc", b"x"),
            "document-chooser-upload-collection": world.north.collection_id,
        },
    )

    fragment = json.loads(response.content)["htmlFragment"]
    assert fragment.count("guárdalo como .docx o PDF") == 1
    assert "extensión de archivo" not in fragment
    assert not PortalDocument.objects.exists()


def test_long_file_name_is_truncated_with_extension(editor, world):
    send_document(editor, world, "a" * 300 + ".pdf", PDF)

    assert PortalDocument.objects.get().filename == "a" * 120 + ".pdf"


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", 'a"b.pdf', "<script>.pdf"])
def test_file_name_cannot_inject_path_or_header(editor, world, client, name):
    send_document(editor, world, name, PDF)

    document = PortalDocument.objects.get()
    assert document.file.name.startswith("documents/")
    assert not set(document.filename) & set('/"\r\n<>')
    assert client.get(document.url).status_code == 200


def test_document_over_the_limit_is_refused(editor, world, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10

    response = send_document(editor, world, "acta.pdf", PDF)

    assert len(response.context["form"].errors["file"]) == 1
    assert not PortalDocument.objects.exists()


def test_file_of_saved_document_cannot_be_replaced(editor, world):
    document = stored_document(world.north)

    response = editor.post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {"title": "Acta", "file": upload("b.pdf", PDF + b"otra"), "collection": world.north.collection_id},
    )

    assert "Sube una versión nueva" in response.context["form"].errors["file"][0]
    document.refresh_from_db()
    with document.file.open() as file:
        assert file.read() == PDF


@pytest.mark.parametrize("kind", ["image", "document"])
def test_edit_form_says_that_the_file_is_fixed(editor, world, kind):
    if kind == "image":
        send_image(editor, world, "a.png", picture())
        address = reverse("wagtailimages:edit", args=[PortalImage.objects.get().pk])
    else:
        address = reverse("wagtaildocs:edit", args=[stored_document(world.north).pk])

    assert "Un archivo guardado no se cambia" in editor.get(address).content.decode()


# --- The space follows the collection ------------------------------------------------------------------


def test_space_follows_collection_on_save_and_bulk_update(world):
    document = stored_document(world.north)
    document.collection = world.south.collection
    document.save()
    assert document.space == world.south

    PortalDocument.objects.filter(pk=document.pk).update(collection=world.north.collection)
    document.refresh_from_db()
    assert document.space == world.north

    PortalDocument.objects.filter(pk=document.pk).update(collection_id=Collection.get_first_root_node().pk)
    document.refresh_from_db()
    assert document.space is None


def test_subcollection_belongs_to_space_of_ancestor(world):
    inner = world.north.collection.add_child(instance=Collection(name="Sesiones"))
    document = stored_document(world.north)
    document.collection = inner
    document.save()

    assert document.space == world.north
