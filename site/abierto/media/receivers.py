"""Queue the reading of new documents; delete the renditions of images that are no longer public.

Renditions are deleted right after the commit that hides their image. The view refuses them anyway: this
protects against direct access to the folder and removes personal data.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Model, QuerySet
from django.db.models.functions import Cast
from django.db.models.signals import post_delete, post_save
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_unpublished, unpublished

from .access import is_public_file
from .models import PortalDocument, PortalImage, PortalRendition
from .reading import queue_reading


def remove_hidden_renditions(image_ids: Iterable[int]) -> None:
    """Delete the renditions (rows and files) of the images that are not public."""
    made = PortalImage.objects.filter(pk__in=list(image_ids), renditions__isnull=False).distinct()
    hidden = [image.pk for image in made if not is_public_file(image)]
    PortalRendition.objects.filter(image__in=hidden).delete()


def remove_after_commit(image_ids: Iterable[int]) -> None:
    """Check the images again after the commit of the current transaction."""
    wanted = sorted(set(image_ids))
    if wanted:
        transaction.on_commit(partial(remove_hidden_renditions, wanted), robust=True)


def images_of(pages: QuerySet[Page]) -> set[int]:
    """Return the ids of the images that the live versions of ``pages`` refer to, with one query."""
    keys = pages.order_by().annotate(key=Cast("pk", CharField())).values("key")
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=keys,
        to_content_type=ContentType.objects.get_for_model(PortalImage),
    )
    return {int(key) for key in rows.values_list("to_object_id", flat=True)}


def after_unpublishing(instance: Page, **kwargs: Any) -> None:
    """Receiver of ``page_unpublished``: check the images of the page and of its descendants."""
    remove_after_commit(images_of(Page.objects.filter(path__startswith=instance.path)))


def after_unpublishing_row(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Receiver of ``unpublished``: check the images of a registry row."""
    if not isinstance(instance, Page):
        rows = ReferenceIndex.get_references_for_object(instance)
        images = rows.filter(to_content_type=ContentType.objects.get_for_model(PortalImage))
        remove_after_commit(int(key) for key in images.values_list("to_object_id", flat=True))


def after_restricting(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Receiver: check the images of the branch that a new view restriction hides."""
    after_unpublishing(instance.page)


def after_restricting_collection(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """Receiver: check the images of the collection that a new view restriction hides."""
    images = PortalImage.objects.filter(collection__path__startswith=instance.collection.path)
    remove_after_commit(images.values_list("pk", flat=True))


def after_reference_removed(instance: ReferenceIndex, **kwargs: Any) -> None:
    """Receiver: check an image that a new version no longer shows, or whose page was deleted."""
    if instance.to_content_type_id == ContentType.objects.get_for_model(PortalImage).pk:
        remove_after_commit([int(instance.to_object_id)])


def after_storing_document(instance: PortalDocument, raw: bool, **kwargs: Any) -> None:
    """Receiver: queue the reading of a new document."""
    if not raw:
        queue_reading(instance)


def connect() -> None:
    """Connect all receivers of this module; called by ``MediaConfig.ready``."""
    post_save.connect(after_storing_document, sender=PortalDocument, dispatch_uid="media-read-document")
    uid = "media-hidden"
    page_unpublished.connect(after_unpublishing, dispatch_uid=f"{uid}-page")
    unpublished.connect(after_unpublishing_row, dispatch_uid=f"{uid}-row")
    post_save.connect(after_restricting, sender=PageViewRestriction, dispatch_uid=f"{uid}-restriction")
    post_save.connect(
        after_restricting_collection, sender=CollectionViewRestriction, dispatch_uid=f"{uid}-collection"
    )
    post_delete.connect(after_reference_removed, sender=ReferenceIndex, dispatch_uid=f"{uid}-reference")
