"""Images, files and videos; none loads content from other sites."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage

from abierto.text import visible_text
from blocks.base import MEDIA, PortalBlock
from blocks.choosers import DocumentChoice, ImageChoice, MissingChoice, may_show
from blocks.fields import FixedCharBlock, InlineTextBlock, LineBlock, LinesBlock, WebAddressBlock
from blocks.visibility import document_url

_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?)", re.IGNORECASE)


class DescribedImageBlock(ImageBlock):
    """Wagtail's image block with our messages; a file name is refused as alternative text."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        image = ImageChoice(required=required)
        image.set_name("image")
        self.child_blocks["image"] = image

    def normalize(self, value: Any) -> Any:
        """Return an invalid value unchanged, so that the validation refuses it."""
        return value if isinstance(value, MissingChoice) else super().normalize(value)

    def clean(self, value: AbstractImage | None) -> AbstractImage | None:
        if isinstance(value, MissingChoice) and value.pk is None:
            return super().clean(value)
        if value is not None:
            problem = self._problem(visible_text(value.contextual_alt_text), bool(value.decorative))
            if problem:
                raise StructBlockValidationError(block_errors={"alt_text": ValidationError(problem)})
        return super().clean(value)

    def _problem(self, text: str, decorative: bool) -> str:
        if not decorative and not text and not self.is_deferred_validation:
            return gettext("Describe lo que se ve, o marca la imagen como decorativa.")
        if _FILE_NAME.fullmatch(text):
            return gettext("Describe lo que se ve; el nombre del archivo no le dice nada a nadie.")
        return ""


class FigureBlock(PortalBlock):
    """An image with its alternative text."""

    image = DescribedImageBlock(label=_("Imagen"))
    caption = LineBlock(label=_("Pie"), required=False, max_length=300)
    credit = FixedCharBlock(label=_("Autoría"), required=False, max_length=150)

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict[str, Any]:
        """Leave out an image that the page may not show, without creating its rendition."""
        context = super().get_context(value, parent_context=parent_context)
        image = value.get("image")
        if image is not None:
            context["image"] = image if may_show(image, context.get("page")) else None
        return context

    class Meta:
        icon = "image"
        label = _("Imagen")
        group = MEDIA
        description = _("Una imagen con su descripción, pie y autoría.")
        template = "blocks/image.html"
        preview_template = "blocks/preview/image.html"
        preview_value = {"caption": _("El pie dice qué se ve."), "credit": _("Gobierno del Estado")}


@dataclass(frozen=True, slots=True)
class FileCard:
    """The data to show a file."""

    title: str
    url: str
    kind: str
    size: int | None


class DocumentLinkBlock(PortalBlock):
    """A file to download, with its kind and size."""

    document = DocumentChoice(label=_("Documento"))
    title = LineBlock(
        label=_("Título"),
        required=False,
        max_length=200,
        help_text=_("Si lo dejas vacío, se usa el título del documento."),
    )
    text = LinesBlock(label=_("Qué contiene"), required=False, max_length=400)

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        document = value.get("document")
        if document is not None:  # a deleted document leaves nothing to link to
            context["file"] = FileCard(
                title=value.get("title") or document.title,
                url=document_url(document),
                kind=document.file_extension.upper(),
                size=document.file_size,
            )
        return context

    def get_preview_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        """Show an invented file: a real one could belong to another space."""
        file = FileCard(title=str(value["title"]), url="#", kind="PDF", size=188_000)
        return {**super().get_preview_context(value, parent_context=parent_context), "file": file}

    class Meta:
        icon = "doc-full"
        label = _("Documento")
        group = MEDIA
        description = _("Enlace a un archivo, con su tipo y tamaño.")
        template = "blocks/document.html"
        preview_template = "blocks/preview/document.html"
        preview_value = {
            "title": _("Primer Informe Parcial"),
            "text": _("Avance de los compromisos, de agosto a noviembre de 2023."),
        }


class VideoValue(blocks.StructValue):
    """The value of a video on another site."""

    @property
    def site(self) -> str:
        """Return the name of the site of the video."""
        return site_name(self.get("url") or "")


def site_name(url: str) -> str:
    """Return the host of a URL without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


class VideoLinkBlock(PortalBlock):
    """A link to a video; no external player is embedded."""

    title = LineBlock(label=_("Título"), max_length=200)
    url = WebAddressBlock(label=_("Dirección del video"))
    duration = FixedCharBlock(
        label=_("Duración"), required=False, max_length=20, help_text=_("Por ejemplo, 3:40.")
    )
    transcript = InlineTextBlock(
        label=_("Transcripción"),
        help_text=_("Lo que se dice y lo que se muestra, para quien no lo ve o no lo oye."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        group = MEDIA
        description = _("Enlace a un video, con lo que dice por escrito.")
        template = "blocks/video.html"
        value_class = VideoValue
        preview_value: dict[str, Any] = {
            "title": _("Cuarta sesión ordinaria de 2023"),
            "url": "https://video.example.org/sesion-4",
            "duration": "42:10",
            "transcript": _("<p>La facilitadora abre la sesión y lee el orden del día.</p>"),
        }
