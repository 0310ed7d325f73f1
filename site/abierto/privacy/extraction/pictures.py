"""The metadata of a picture. Its pixels are not read."""

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, UnidentifiedImageError

from .parts import Extraction, Note, Part, Reason, UnreadableFileError

MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")


def is_picture(data: bytes) -> bool:
    return data.startswith(MARKS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:8] == b"ftyp"


def read_picture(data: bytes) -> Extraction:
    """Read the text in EXIF, XMP, IPTC and comments, and note a place of recording."""
    extraction = Extraction(notes={Note.NO_TEXT})
    try:
        with Image.open(BytesIO(data)) as image:
            exif = image.getexif()
            values = [*exif.values(), *exif.get_ifd(ExifTags.IFD.Exif).values(), *image.info.values()]
            has_place = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableFileError(Reason.DAMAGED) from error
    extraction.add(Part.PROPERTIES, "", "\n".join(filter(None, map(as_text, values))))
    if has_place:
        extraction.notes.add(Note.LOCATION)
    return extraction


def as_text(value: Any) -> str:
    if isinstance(value, bytes):
        encoding = "utf-16-le" if value[1:2] == b"\0" else "utf-8"
        return value.decode(encoding, errors="replace")
    return value if isinstance(value, str) else ""
