"""Undo a batch: delete its pages and files, unless one of them was sent, decided or changed."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from abierto.accounts.models import User
from abierto.bundles.models import BundleStatus
from abierto.imports.undo_obstacles import (
    Obstacle,
    find_decided,
    find_grown,
    find_in_review,
    find_named_from_outside,
)
from abierto.ruling_desk.models import RulingBatch


def find_obstacles(batch: RulingBatch) -> list[Obstacle]:
    """Return what prevents the undo of a batch, with a fixed number of queries."""
    rows = list(batch.pages.select_related("page"))
    keys = [str(row.page_id) for row in rows]
    in_review, decided = find_in_review(keys), find_decided(keys)
    grown = find_grown(row.page for row in rows)
    references = ReferenceIndex.objects.filter(base_content_type__app_label="wagtailcore")
    cited = find_named_from_outside(keys, references)
    found = []
    for row in rows:
        reason = ""
        if row.page.live or row.page.first_published_at is not None or str(row.page_id) in decided:
            reason = _("Ya tiene una decisión de quien revisa.")
        elif str(row.page_id) in in_review:
            reason = _("Está en revisión. Retira antes su paquete.")
        elif row.page.latest_revision_id != row.revision_id:
            reason = _("Alguien la cambió después de cargarla.")
        elif row.page.path in grown:
            reason = _("Alguien le agregó una parte.")
        elif str(row.page_id) in cited:
            reason = _("Otra página la nombra.")
        if reason:
            found.append(Obstacle(row.page, row.row, reason))
    return found


@transaction.atomic
def undo_batch(batch: RulingBatch, by: User) -> list[Obstacle]:
    """Delete the pages, files and prepared bundles of a batch, or return its obstacles and change nothing.

    The caller takes the tree lock.
    """
    obstacles = find_obstacles(batch)
    if obstacles:
        return obstacles
    documents = [row.document for row in batch.pages.select_related("document") if row.document is not None]
    for row in batch.pages.select_related("page").order_by("-page__depth", "-page__path"):
        Page.objects.get(pk=row.page_id).specific.delete(user=by)
    for bundle in batch.bundles.filter(status=BundleStatus.PREPARED):
        bundle.delete()
    for document in documents:
        try:
            with transaction.atomic():
                document.delete()
        except ProtectedError:
            continue  # used by another page meanwhile
    return []
