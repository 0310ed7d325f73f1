"""Undo a batch: delete all that it made, while nothing of it was sent, decided or changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex, WorkflowState

from abierto.accounts.models import User
from abierto.approval.models import Approval
from abierto.bundles.models import BundleStatus
from abierto.ruling_desk.models import BatchPage, RulingBatch
from abierto.tenancy.tree_paths import parent_path


@dataclass(frozen=True)
class Obstacle:
    """A page that keeps a batch from being undone, and why; ``row`` is that of the spreadsheet."""

    page: Page
    row: int
    reason: str

    @property
    def title(self) -> str:
        return _("%(title)s (renglón %(row)s)") % {"title": self.page.draft_title, "row": self.row}


def find_obstacles(batch: RulingBatch) -> list[Obstacle]:
    """Return what stops the undoing of a batch, in a fixed number of queries."""
    rows = list(batch.pages.select_related("page"))
    keys = {row.page_id for row in rows}
    texts = [str(key) for key in keys]
    page_type = ContentType.objects.get_for_model(Page)
    in_review = set(
        WorkflowState.objects.active()
        .filter(base_content_type=page_type, object_id__in=texts)
        .values_list("object_id", flat=True)
    )
    decided = set(
        Approval.objects.filter(content_type=page_type, object_id__in=texts).values_list(
            "object_id", flat=True
        )
    )
    grown = find_grown(rows)
    cited = find_cited_from_outside(keys)
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


def find_grown(rows: list[BatchPage]) -> set[str]:
    """Return the tree paths of the pages of a batch below which there is a page of no batch."""
    paths = {row.page.path for row in rows}
    counts = dict.fromkeys(paths, 0)
    for path in paths:
        if parent_path(path) in counts:
            counts[parent_path(path)] += 1
    return {row.page.path for row in rows if row.page.numchild > counts[row.page.path]}


def find_cited_from_outside(keys: set[int]) -> set[str]:
    """Return the keys of the pages that a page outside of the batch refers to."""
    texts = [str(key) for key in keys]
    references = ReferenceIndex.objects.filter(
        to_object_id__in=texts, base_content_type__app_label="wagtailcore"
    )
    pages = ContentType.objects.filter(app_label="pages").values("pk")
    named = references.filter(to_content_type__in=pages) | references.filter(
        to_content_type=ContentType.objects.get_for_model(Page)
    )
    return set(named.exclude(object_id__in=texts).values_list("to_object_id", flat=True))


@transaction.atomic
def undo_batch(batch: RulingBatch, by: User) -> list[Obstacle]:
    """Delete the pages, files and prepared bundles of a batch; nothing if something stops it.

    The caller holds the tree lock.
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
            continue  # another page uses it by now
    return []
