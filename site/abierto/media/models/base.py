"""What images and documents share: the space follows the collection."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection
from wagtail.search import index

from abierto.tenancy.access import space_of_collection
from abierto.tenancy.reference_policy import counts_as_referrer
from abierto.text import VisibleTextModel


class StillPublic(PermissionDenied):
    """Something public shows the file: change or withdraw that first, with its approval or its reason."""


class OwnedFileQuerySet(models.QuerySet[Any]):
    """Files whose space keeps in step when many change collection at once."""

    def update(self, **values: Any) -> int:
        """Write ``values``; with a collection goes the space that owns it."""
        if values.keys() & set(self.model.seen_fields):
            for file in self:
                file.refuse_while_public()
        collection = values.get("collection") or values.get("collection_id")
        if collection is not None:
            for file in self.select_related("collection"):
                if file.collection.get_view_restrictions().exists():
                    file.refuse_while_public()
            if not isinstance(collection, Collection):
                collection = Collection.objects.get(pk=collection)
            values["space"] = space_of_collection(collection)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the files, unless one of them is shown in public."""
        for file in self:
            file.refuse_while_public()
        return super().delete()


class OwnedFile(VisibleTextModel):
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

    #: What readers see of the file; it stays as it was approved.
    seen_fields: tuple[str, ...] = ("file",)

    space_search_fields = [index.FilterField("space")]

    class Meta:
        abstract = True

    def take_space_from_collection(self) -> None:
        """Set the space that owns the collection."""
        self.space = space_of_collection(self.collection)  # type: ignore[attr-defined]

    def referrers(self) -> Iterator[models.Model]:
        """Yield what refers to the file and may open or freeze it: content of its space, and the state's."""
        for referrer, _references in self.get_usage():  # type: ignore[attr-defined]
            if counts_as_referrer(referrer, self):
                yield referrer

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the file, unless it is shown in public."""
        self.refuse_while_public()
        return super().delete(*args, **kwargs)

    def refuse_while_public(self) -> None:
        """Refuse to take a file from under a live page, which would change with nobody's approval.

        Asked before Django opens a transaction: a refusal inside it would leave it unusable.

        Raises:
            StillPublic: naming the file.
        """
        if any(getattr(referrer, "live", False) for referrer in self.referrers()):
            raise StillPublic(
                _("«%(file)s» está en una página pública. Quítalo de ahí primero.") % {"file": self}
            )
