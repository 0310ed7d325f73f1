"""Valid and invalid upload files, built byte by byte."""

import json
import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from abierto.media.models import PortalDocument, PortalImage
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.privacy import files

GPS_LATITUDE = 21.0190


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Return ``content`` as an uploaded file."""
    return SimpleUploadedFile(name, content)


def picture(format: str = "PNG", size: tuple[int, int] = (40, 20), **options) -> bytes:
    """Return a small valid image."""
    output = BytesIO()
    Image.new("RGB", size, (180, 90, 20)).save(output, format, **options)
    return output.getvalue()


def jpeg_with_gps(orientation: int = 1, size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a photograph with a GPS position."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Cámara de prueba"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 8.4), 3: "W", 4: (101.0, 15.0, 30.0)})
    return picture("JPEG", size, exif=exif)


def png_bomb(width: int, height: int) -> bytes:
    """Return an image of a few bytes whose header claims ``width`` × ``height`` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def archive(entries: dict[str, bytes]) -> bytes:
    """Return a zip archive with these entries."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in entries.items():
            bundle.writestr(name, content)
    return output.getvalue()


def word_document(**extra: bytes) -> bytes:
    """Return a minimal .docx file."""
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **extra})


PDF = files.make_pdf(files.PLAIN.format(text="Acta de la mesa de trabajo"))


def write_missing_files() -> None:
    """Write a file for each image and document whose row was restored without it."""
    for model, content in ((PortalImage, picture()), (PortalDocument, PDF)):
        for file in (row.file for row in model.objects.all()):
            if not file.storage.exists(file.name):
                file.storage.save(file.name, ContentFile(content))


def stored_document(space) -> PortalDocument:
    """Return a document of ``space`` that no page uses."""
    document = PortalDocument(title="Acta", file=upload("Acta núm. 3.pdf", PDF), collection=space.collection)
    document.save()
    return document


def page_with(document: PortalDocument) -> StandardPage:
    """Return a draft with a link to ``document``."""
    block = {"type": "document", "value": {"document": document.pk, "title": "Acta", "text": ""}}
    return factories.StandardPageFactory(body=json.dumps([block]))
