"""Validation of uploaded images: header first, pixels last."""

import struct
import warnings
from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image

#: Extension → the only Pillow decoder allowed to open the file.
FORMATS = {
    "avif": "AVIF",
    "gif": "GIF",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
}
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
        raise ValidationError(
            _("No se admite este formato. Sube la imagen como JPG, PNG, WebP, AVIF o GIF."), code="format"
        )
    if upload.size > max_bytes:
        raise ValidationError(
            _("La imagen pesa más de %(limit)s MB. Redúcela y súbela otra vez."),
            code="too_large",
            params={"limit": max_bytes // (1024 * 1024)},
        )
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
        raise ValidationError(
            _("El archivo no es una imagen %(extension)s. Guárdala en ese formato y súbela otra vez."),
            code="not_a_picture",
            params={"extension": extension.upper()},
        ) from error
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


def too_many_pixels(limit: int) -> ValidationError:
    """Return the error for an image that would need too much memory when decoded."""
    return ValidationError(
        _("La imagen tiene más de %(limit)s millones de puntos. Reduce su ancho y súbela otra vez."),
        code="too_many_pixels",
        params={"limit": limit // MILLION},
    )
