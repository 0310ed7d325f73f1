"""Images and renditions. Originals are re-encoded without metadata before they are stored."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    ImageQuerySet,
    WagtailImageField,
    WagtailImageFieldFile,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)

from abierto.media.hashing import hash_file
from abierto.media.storage import private_storage, random_name

from .base import OwnedFile, OwnedFileQuerySet


class CleanImageFile(WagtailImageFieldFile):
    """Image file that is re-encoded on every save."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store ``content`` without metadata or trailing data."""
        super().save(name, strip_metadata(content), save=False)
        self.instance._set_image_file_metadata()
        if save:
            self.instance.save()


class CleanImageField(WagtailImageField):
    """Model field of :class:`CleanImageFile`."""

    attr_class = CleanImageFile


class PortalImageQuerySet(OwnedFileQuerySet, ImageQuerySet):
    """Image queryset that keeps the space in line with the collection."""


class PortalImage(OwnedFile, AbstractImage):
    """An image. Only its renditions have an address; the original is private."""

    file = CleanImageField(
        verbose_name=_("archivo"),
        upload_to=get_upload_to,
        storage=private_storage,
        width_field="width",
        height_field="height",
    )
    credit = models.CharField(
        _("crédito"),
        max_length=160,
        blank=True,
        help_text=_("Quién la tomó o de dónde viene. Se muestra al pie."),
    )

    objects = PortalImageQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    public_fields = (
        "file",
        "description",
        "credit",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [*AbstractImage.search_fields, *OwnedFile.space_search_fields]

    class Meta(AbstractImage.Meta):
        verbose_name = _("imagen")
        verbose_name_plural = _("imágenes")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the file before the row, so that the row has the dimensions and size of the stored file."""
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
        self.set_space_from_collection()
        super().save(*args, **kwargs)

    def get_upload_to(self, filename: str) -> str:
        """Return a random storage name for the original."""
        return random_name("original_images", filename)

    @property
    def default_alt_text(self) -> str:
        """Return the description, never the title, which is for searching in the admin."""
        return self.description


class RenditionFile(WagtailImageFieldFile):
    """Rendition file that records its SHA-256."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store ``content`` and set the SHA-256 of the row."""
        self.instance.sha256 = hash_file(content)
        super().save(name, content, save=save)


class RenditionFileField(WagtailImageField):
    """Model field of :class:`RenditionFile`."""

    attr_class = RenditionFile


class PortalRendition(AbstractRendition):
    """A rendition, public while public content uses its image."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")
    file = RenditionFileField(
        upload_to=get_rendition_upload_to,
        storage=get_rendition_storage,
        width_field="width",
        height_field="height",
    )
    # Declared after the file, whose save sets it: bulk inserts read the fields in order.
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_one_rendition"
            )
        ]
        # Every image request looks up the file name.
        indexes = [models.Index(fields=["file"], name="media_rendition_by_file")]
        verbose_name = _("versión de una imagen")
        verbose_name_plural = _("versiones de imágenes")


#: Save options by format; lossy formats with visually lossless quality.
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 90},
    "GIF": {},
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 92},
}
ANIMATED = {"AVIF", "GIF", "PNG", "WEBP"}


def strip_metadata(content: File) -> ContentFile:
    """Re-encode the image with its orientation applied and without metadata.

    Only the colour profile stays. Re-encoding also drops data appended to the file.
    """
    content.seek(0)
    with Image.open(BytesIO(content.read())) as image:
        # Pillow calls a JPEG with several images MPO; the first is the photograph.
        name = "JPEG" if image.format == "MPO" else image.format or "PNG"
        frames = getattr(image, "n_frames", 1)
        options = dict(SAVE_OPTIONS.get(name, {}))
        if profile := image.info.get("icc_profile"):
            options["icc_profile"] = profile
        if frames > 1 and name in ANIMATED:
            pictures = [strip_info(frame) for frame in ImageSequence.Iterator(image)]
            options |= {"save_all": True, "append_images": pictures[1:], "loop": image.info.get("loop", 0)}
            if durations := [frame.info["duration"] for frame in pictures if "duration" in frame.info]:
                options["duration"] = durations if len(durations) == len(pictures) else durations[0]
        else:
            pictures = [strip_info(ImageOps.exif_transpose(image))]
        output = BytesIO()
        pictures[0].save(output, format=name, **options)
    return ContentFile(output.getvalue(), name=content.name)


def strip_info(picture: Image.Image) -> Image.Image:
    """Return a copy whose ``info`` has only the transparency and the duration."""
    copy = picture.copy()
    copy.info = {key: value for key, value in picture.info.items() if key in {"duration", "transparency"}}
    return copy
