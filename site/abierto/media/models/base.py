"""Base of images and documents: the space follows the collection."""

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


class FileInUse(PermissionDenied):
    """The file is in use by public content, which must be changed or withdrawn first."""


class OwnedFileQuerySet(models.QuerySet[Any]):
    """Queryset whose bulk updates keep the space in line with the collection."""

    def update(self, **values: Any) -> int:
        """Update the rows; a new collection also sets its space.

        A move to another collection saves each file, because records follow the signals of a save.
        """
        if values.keys() & set(self.model.public_fields):
            for file in self:
                file.ensure_not_in_public_use()
        collection = values.pop("collection", None) or values.pop("collection_id", None)
        files: list[Any] = [] if collection is None else list(self.select_related("collection"))
        for file in files:
            if file.collection.get_view_restrictions().exists():
                file.ensure_not_in_public_use()
        updated = super().update(**values) if values else len(files)
        if collection is not None and not isinstance(collection, Collection):
            collection = Collection.objects.get(pk=collection)
        for file in files:
            file.collection = collection  # ``save`` sets the space
            file.save(update_fields=["collection", "space"])
        return updated

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the files unless public content uses one of them."""
        for file in self:
            file.ensure_not_in_public_use()
        return super().delete()


class OwnedFile(VisibleTextModel):
    """A file of a space, or of all spaces if its collection belongs to none.

    Users choose only the collection; the space is derived from it, so a form cannot claim another space.
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

    #: Fields that readers see; frozen while the file is in use.
    public_fields: tuple[str, ...] = ("file",)

    # ``search.admin_index`` updates the admin's index.
    search_auto_update = False
    space_search_fields = [index.FilterField("space")]

    class Meta:
        abstract = True

    def set_space_from_collection(self) -> None:
        """Set the space of the collection."""
        self.space = space_of_collection(self.collection)  # type: ignore[attr-defined]

    def referrers(self) -> Iterator[models.Model]:
        """Yield the objects of its space or of the state that refer to the file, and so may publish it."""
        for referrer, _references in self.get_usage():  # type: ignore[attr-defined]
            if counts_as_referrer(referrer, self):
                yield referrer

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the file unless public content uses it."""
        self.ensure_not_in_public_use()
        return super().delete(*args, **kwargs)

    def ensure_not_in_public_use(self) -> None:
        """Refuse to delete a file that a live page uses: the page would change without approval.

        Runs before Django opens a transaction, which an exception would leave unusable.

        Raises:
            FileInUse: with the title of the file.
        """
        if any(getattr(referrer, "live", False) for referrer in self.referrers()):
            raise FileInUse(
                _("«%(file)s» está en una página pública. Quítalo de ahí primero.") % {"file": self}
            )
