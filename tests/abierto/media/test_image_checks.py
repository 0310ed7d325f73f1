"""Image uploads: validation before decoding, and cleaning."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from abierto.media.image_checks import check_picture
from abierto.media.models.images import strip_metadata
from abierto.privacy.extraction.dispatch import read_picture
from abierto.privacy.extraction.parts import Note
from tests.abierto.media.uploads import jpeg_with_gps, picture, png_bomb, upload

MEGABYTE = 1024 * 1024


def error_code(name: str, content: bytes, max_bytes: int = MEGABYTE, max_pixels: int = 24_000_000) -> str:
    """Return the validation error code of the upload; empty if it is valid."""
    try:
        check_picture(upload(name, content), max_bytes, max_pixels)
    except ValidationError as error:
        return error.code or ""
    return ""


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.png", "PNG"),
        ("a.jpg", "JPEG"),
        ("a.JPEG", "JPEG"),
        ("a.gif", "GIF"),
        ("a.webp", "WEBP"),
        ("a.avif", "AVIF"),
    ],
)
def test_valid_image_passes(name, format):
    assert error_code(name, picture(format)) == ""


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("acta.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
        ("acta.php", b"<?php system('id');", "format"),
        ("sin-extension", picture(), "format"),
        ("acta.png", picture("JPEG"), "not_a_picture"),
        ("acta.jpg", b"<html><script>alert(1)</script></html>", "not_a_picture"),
        ("acta.png", b"\x89PNG\r\n\x1a\n" + b"basura" * 50, "not_a_picture"),
        ("acta.gif", b"GIF89a", "not_a_picture"),
        ("acta.png", picture(size=(300, 300))[:200], "broken"),
        ("escudo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "format"),
        ("escudo.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "not_a_picture"),
        ("escudo.png", b"No soy una imagen", "not_a_picture"),
        ("escudo.png", png_bomb(10_000, 10_000), "too_many_pixels"),
        ("acta.png", png_bomb(12_000, 12_000), "too_many_pixels"),
        ("acta.png", png_bomb(20_000, 20_000), "too_many_pixels"),
        ("acta.png", png_bomb(2_000_000_000, 2_000_000_000), "too_many_pixels"),
    ],
)
def test_invalid_image_is_refused_with_code(name, content, code):
    assert error_code(name, content) == code


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("foto.jpg", picture(), "termina en .jpg y es una imagen PNG"),
        ("foto.png", picture("WEBP"), "termina en .png y es una imagen WEBP"),
        ("foto.jpg", b"\0\0\0\x18ftypheic" + b"\0" * 40, "es una foto HEIC"),
        ("foto.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40, "No se admiten imágenes .heic"),
        ("dibujo.svg", b"<svg/>", "No se admiten imágenes .svg"),
        ("acta.pdf", b"%PDF-1.7", "Súbelo en «Documentos»"),
    ],
)
def test_refused_image_says_what_it_is_and_what_to_do(name, content, sentence):
    with pytest.raises(ValidationError) as refusal:
        check_picture(upload(name, content), MEGABYTE, 24_000_000)

    assert sentence in refusal.value.messages[0]


def test_file_size_is_checked_before_reading():
    assert error_code("a.png", picture(), max_bytes=10) == "too_large"


def test_decompression_bomb_is_refused_without_decoding(monkeypatch):
    def decode(self):
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", decode)
    assert error_code("bomba.png", png_bomb(5_000, 5_000)) == "too_many_pixels"


def test_pixels_of_all_frames_are_counted():
    frames = [Image.new("RGB", (100, 100), (n * 20, 0, 0)) for n in range(10)]
    output = BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:])
    assert error_code("a.gif", output.getvalue(), max_pixels=50_000) == "too_many_pixels"


def test_mpo_keeps_only_the_first_image():
    """Telephones append a depth or gain map to the photograph."""
    first, second = Image.new("RGB", (100, 100), (200, 0, 0)), Image.new("RGB", (100, 100), (0, 0, 200))
    output = BytesIO()
    first.save(output, "MPO", save_all=True, append_images=[second])
    content = output.getvalue()

    assert error_code("foto.jpg", content, max_pixels=10_000) == ""
    with Image.open(strip_metadata(upload("foto.jpg", content))) as image:
        assert image.format == "JPEG"
        assert image.getpixel((50, 50))[0] > 150


def test_exif_location_and_camera_are_removed():
    content = jpeg_with_gps()
    assert b"Exif" in content

    cleaned = strip_metadata(upload("foto.jpg", content)).read()

    assert b"Exif" not in cleaned
    with Image.open(BytesIO(cleaned)) as image:
        assert dict(image.getexif()) == {}
        assert image.format == "JPEG"


def test_exif_orientation_is_applied():
    cleaned = strip_metadata(upload("foto.jpg", jpeg_with_gps(orientation=6, size=(40, 20)))).read()

    with Image.open(BytesIO(cleaned)) as image:
        assert image.size == (20, 40)


def test_trailing_data_is_removed():
    cleaned = strip_metadata(upload("a.png", picture() + b"<script>alert(1)</script>")).read()

    assert b"script" not in cleaned


def test_png_text_chunks_are_removed():
    notes = PngInfo()
    notes.add_text("Author", "Nombre de una persona")

    cleaned = strip_metadata(upload("a.png", picture(pnginfo=notes))).read()

    assert b"Nombre" not in cleaned


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_animation_keeps_frames_and_durations(format):
    frames = [Image.new("RGB", (30, 30), (n * 60, 0, 0)) for n in range(4)]
    output = BytesIO()
    frames[0].save(output, format, save_all=True, append_images=frames[1:], duration=80, loop=0)

    cleaned = strip_metadata(upload(f"a.{format.lower()}", output.getvalue())).read()

    with Image.open(BytesIO(cleaned)) as image:
        assert image.n_frames == 4
        image.load()
        assert image.info["duration"] == 80


def test_transparency_is_preserved():
    output = BytesIO()
    Image.new("RGBA", (10, 10), (1, 2, 3, 0)).save(output, "PNG")

    cleaned = strip_metadata(upload("a.png", output.getvalue())).read()

    with Image.open(BytesIO(cleaned)) as image:
        assert image.getpixel((0, 0)) == (1, 2, 3, 0)


# --- Every kind of metadata ----------------------------------------------------------------------------

SECRET = "GOML800101HGTRRN09"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{SECRET}</dc:creator></x:xmpmeta>'.encode()


def secret_exif() -> Image.Exif:
    """Return EXIF with a name and a GPS position."""
    exif = Image.Exif()
    exif[0x013B] = SECRET  # artist
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 8.4)})
    return exif


def png_with_texts() -> bytes:
    """Return a PNG with text chunks of every kind, EXIF and XMP."""
    info = PngInfo()
    info.add_text("Author", SECRET)
    info.add_text("Comment", SECRET, zip=True)
    info.add_itxt("Título", SECRET, "es", "Título")
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return picture(pnginfo=info, exif=secret_exif())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png_with_texts()),
        ("a.jpg", picture("JPEG", exif=secret_exif(), comment=SECRET, xmp=XMP)),
        ("a.webp", picture("WEBP", exif=secret_exif(), xmp=XMP)),
        ("a.avif", picture("AVIF", exif=secret_exif(), xmp=XMP)),
        ("a.gif", picture("GIF", comment=SECRET)),
    ],
    ids=["png", "jpeg", "webp", "avif", "gif"],
)
def test_no_metadata_of_any_format_is_stored(name, content):
    before = read_picture(content)
    assert any(SECRET in section.text for section in before.sections)

    after = strip_metadata(upload(name, content)).read()

    read = read_picture(after)
    assert not any(SECRET in section.text for section in read.sections)
    assert Note.LOCATION not in read.notes
    assert SECRET.encode() not in after
    assert b"xmpmeta" not in after
