"""Validation of uploaded images, header first, pixels last, and of the filter specs in addresses."""

import re
import struct
import warnings
from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image

from abierto.scanning import check_virus

#: Extension → the only Pillow decoder allowed to open the file.
FORMATS = {
    "avif": "AVIF",
    "gif": "GIF",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
}
#: Extensions of images that are refused, and of documents.
OTHER_IMAGES = ("bmp", "heic", "heif", "psd", "svg", "tif", "tiff")
DOCUMENTS = ("csv", "doc", "docx", "odt", "pdf", "pptx", "txt", "xls", "xlsx")
UNSUPPORTED = _("No se admite este formato. Sube la imagen como JPG, PNG, WebP, AVIF o GIF.")
#: File type brands of HEIC photographs, in the bytes 4 to 12 of a file.
HEIC_BRANDS = tuple(b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1"))
#: Exceptions of decoders for broken or malicious files.
DECODER_ERRORS = (EOFError, IndexError, OSError, OverflowError, SyntaxError, ValueError, struct.error)

MILLION = 1_000_000


def check_picture(upload: File, max_bytes: int, max_pixels: int) -> None:
    """Refuse an upload that is too large, broken or does not match its extension.

    File size and the pixel count of the header are checked before anything is decoded.

    Raises:
        ValidationError: with a message that says what to do.
    """
    extension = Path(upload.name or "").suffix.lower().lstrip(".")
    if extension not in FORMATS:
        raise unsupported_format(extension)
    if upload.size > max_bytes:
        raise ValidationError(
            _("La imagen pesa más de %(limit)s MB. Redúcela y súbela otra vez."),
            code="too_large",
            params={"limit": max_bytes // (1024 * 1024)},
        )
    check_virus(upload)
    upload.seek(0)
    content = BytesIO(upload.read())
    upload.seek(0)
    with warnings.catch_warnings():
        # Pillow warns above its own limit; ours is lower and checked below.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        _check_content(content, extension, max_pixels)


def _check_content(content: BytesIO, extension: str, max_pixels: int) -> None:
    try:
        picture = Image.open(content, formats=[FORMATS[extension]])
    except Image.DecompressionBombError as error:
        raise too_many_pixels(max_pixels) from error
    except DECODER_ERRORS as error:
        raise wrong_format(content, extension) from error
    with picture:
        try:
            # An MPO holds several images; only the first is rendered.
            frames = 1 if FORMATS[extension] == "JPEG" else getattr(picture, "n_frames", 1)
            if picture.width * picture.height * frames > max_pixels:
                raise too_many_pixels(max_pixels)
            picture.load()
        except DECODER_ERRORS as error:
            raise ValidationError(
                _("La imagen está dañada o incompleta. Ábrela, guárdala de nuevo y súbela otra vez."),
                code="broken",
            ) from error


def unsupported_format(extension: str) -> ValidationError:
    """Return the error for an extension that is not accepted."""
    message = UNSUPPORTED
    if extension in OTHER_IMAGES:
        message = _(
            "No se admiten imágenes .%(extension)s. Ábrela, guárdala como JPG o PNG y súbela otra vez."
        )
    elif extension in DOCUMENTS:
        message = _("Este archivo es un documento. Súbelo en «Documentos».")
    return ValidationError(message, code="format", params={"extension": extension})


def wrong_format(content: BytesIO, extension: str) -> ValidationError:
    """Return the error for content that does not match its extension, naming what it is if known."""
    format = read_format(content)
    message = _("El archivo no es una imagen %(extension)s. Guárdala en ese formato y súbela otra vez.")
    if format == "HEIC":
        message = _("El archivo es una foto HEIC. Ábrela, guárdala como JPG y súbela otra vez.")
    elif format:
        message = _(
            "El nombre del archivo termina en .%(extension)s y es una imagen %(format)s. Ponle la "
            "terminación de su formato y súbela otra vez."
        )
    else:
        extension = extension.upper()
    params = {"extension": extension, "format": format}
    return ValidationError(message, code="not_a_picture", params=params)


def read_format(content: BytesIO) -> str:
    """Return the format that the header declares, of those accepted or HEIC; empty for others."""
    content.seek(0)
    try:
        with Image.open(content, formats=sorted(set(FORMATS.values()))) as picture:
            return picture.format or ""
    except (Image.DecompressionBombError, *DECODER_ERRORS):
        return "HEIC" if content.getvalue()[4:12] in HEIC_BRANDS else ""


def too_many_pixels(limit: int) -> ValidationError:
    """Return the error for an image that would need too much memory when decoded."""
    return ValidationError(
        _("La imagen tiene más de %(limit)s millones de puntos. Reduce su ancho y súbela otra vez."),
        code="too_many_pixels",
        params={"limit": limit // MILLION},
    )


# --- Filter specs in addresses: each is rendered while the visitor waits ----------------------------------

MAX_SPEC_LENGTH = 120
MAX_OPERATIONS = 6
#: Longest side in pixels that a screen or a print needs; originals have at most 24 megapixels.
MAX_SIDE = 6_000

_SIDE = r"[1-9]\d{0,3}"
_OPERATION = re.compile(
    rf"original|(?:width|height)-(?P<side>{_SIDE})|(?:min|max|fill)-(?P<width>{_SIDE})x(?P<height>{_SIDE})"
    r"(?:-c(?:100|\d{1,2}))?|scale-(?:100|[1-9]\d?)|bgcolor-(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
    r"|format-(?:jpeg|png|gif|webp|avif)|(?:jpeg|webp|avif)quality-(?:100|[1-9]\d?)|preserve-svg"
)


def is_allowed_spec(spec: str) -> bool:
    """Check that a Wagtail filter spec is well formed and has no side longer than ``MAX_SIDE``."""
    operations = spec.split("|")
    return (
        len(spec) <= MAX_SPEC_LENGTH
        and len(operations) <= MAX_OPERATIONS
        and all(_is_allowed_operation(operation) for operation in operations)
    )


def _is_allowed_operation(operation: str) -> bool:
    found = _OPERATION.fullmatch(operation)
    return found is not None and all(int(side or 0) <= MAX_SIDE for side in found.groups())
