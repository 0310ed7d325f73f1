"""What images and documents share: the space follows the collection."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection
from wagtail.search import index

from abierto.tenancy.access import space_of_collection


class OwnedFileQuerySet(models.QuerySet[Any]):
    """Files whose space keeps in step when many change collection at once."""

    def update(self, **values: Any) -> int:
        """Write ``values``; with a collection goes the space that owns it."""
        collection = values.get("collection") or values.get("collection_id")
        if collection is not None:
            if not isinstance(collection, Collection):
                collection = Collection.objects.get(pk=collection)
            values["space"] = space_of_collection(collection)
        return super().update(**values)


class OwnedFile(models.Model):
    """A file of one space, or of everybody when its collection belongs to none.

    The collection is what people choose and the space is read from it: there is only one truth, and no
    form in which to claim somebody else's space.
    """

    space = models.ForeignKey(
        "tenancy.Space",
        verbose_name=_("espacio"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    space_search_fields = [index.FilterField("space")]

    class Meta:
        abstract = True

    def take_space_from_collection(self) -> None:
        """Set the space that owns the collection."""
        self.space = space_of_collection(self.collection)  # type: ignore[attr-defined]
