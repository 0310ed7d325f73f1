"""Attachments shown in the comparison: pictures, files with type and size, and full URLs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, SourceImageIOError

PICTURE_EXTENSIONS = frozenset({"png", "jpg", "jpeg", "gif", "webp", "avif"})
RENDITION_FILTER = "max-640x640"


@dataclass(frozen=True)
class Attachment:
    """A link to something that a value shows: URL, label and, for a picture, its rendition."""

    title: str
    url: str
    facts: str = ""
    picture: str = ""
    is_address: bool = False


def build_attachment(value: Any) -> Attachment | None:
    """Return the attachment of a value; None if the value is only text."""
    if isinstance(value, AbstractDocument):
        return _document(value)
    if isinstance(value, AbstractImage):
        return _image(value)
    if isinstance(value, str) and value.startswith(("https://", "http://")) and " " not in value:
        return Attachment(title=value, url=value, is_address=True)
    return None


def _document(document: AbstractDocument) -> Attachment:
    kind = document.file_extension.lower()
    facts = [kind.upper(), filesizeformat(document.file_size) if document.file_size else ""]
    return Attachment(
        title=document.title,
        url=document.url,
        facts=", ".join(fact for fact in facts if fact),
        picture=document.url if kind in PICTURE_EXTENSIONS else "",
    )


def _image(image: AbstractImage) -> Attachment:
    facts = _("imagen de %(width)s por %(height)s puntos") % {"width": image.width, "height": image.height}
    try:
        picture = image.get_rendition(RENDITION_FILTER).url
    except SourceImageIOError:
        return Attachment(title=image.title, url="", facts=_("El archivo ya no está."))
    return Attachment(title=image.title, url=picture, facts=facts, picture=picture)


def prefetch_renditions(images: Iterable[AbstractImage]) -> None:
    """Prefetch the renditions of many images."""
    many = list(images)
    if many:
        renditions = many[0].get_rendition_model()._default_manager.filter(filter_spec=RENDITION_FILTER)
        prefetch_related_objects(many, Prefetch("renditions", renditions, to_attr="prefetched_renditions"))
