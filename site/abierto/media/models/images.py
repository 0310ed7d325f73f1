"""Images: cleaned before they touch the disk."""

from typing import Any

from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    ImageQuerySet,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from abierto.media.metadata import without_metadata
from abierto.media.storage import private_storage, random_name

from .base import OwnedFile, OwnedFileQuerySet


class CleanImageFile(WagtailImageFieldFile):
    """An image file that is drawn anew on its way to the disk, whoever stores it."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store ``content`` without its metadata and anything hidden behind the picture."""
        super().save(name, without_metadata(content), save=False)
        self.instance._set_image_file_metadata()
        if save:
            self.instance.save()


class CleanImageField(WagtailImageField):
    """The model field that stores through :class:`CleanImageFile`."""

    attr_class = CleanImageFile


class PortalImageQuerySet(OwnedFileQuerySet, ImageQuerySet):
    """Images that keep their space in step."""


class PortalImage(OwnedFile, AbstractImage):
    """A picture. Only its renditions have an address; the original stays out of reach."""

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
    seen_fields = (
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
        """Store the file before the row, so that the row has the size of what was stored."""
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
        self.take_space_from_collection()
        super().save(*args, **kwargs)

    def get_upload_to(self, filename: str) -> str:
        """Return a name that nobody can guess."""
        return random_name("original_images", filename)

    @property
    def default_alt_text(self) -> str:
        """What the picture shows; never its title, which is for whoever looks for it in the admin."""
        return self.description


class PortalRendition(AbstractRendition):
    """A picture as a page shows it, public while something public shows it."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_one_rendition"
            )
        ]
        # Every request of a picture begins with the name of its file.
        indexes = [models.Index(fields=["file"], name="media_rendition_by_file")]
        verbose_name = _("versión de una imagen")
        verbose_name_plural = _("versiones de imágenes")
