"""Undo a batch: restore the drafts, and propose the earlier version of what was approved since.

A new page or row that was not approved is deleted. A new one that is public has no earlier version: it stays,
and the batch lists it. The undo itself changes no public content.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex

from abierto.accounts.models import User
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.services import prepare_bundle
from abierto.spreadsheets.rows import RowProblem

from .models import ImportBatch, ImportedRow, ImportedVersion
from .undo_obstacles import (
    Obstacle,
    find_decided,
    find_grown,
    find_in_review,
    find_named_from_outside,
    visible_title,
)

type Version = ImportedVersion | ImportedRow


@dataclass
class UndoPlan:
    """What the undo does with each revision of a batch, or the obstacles that prevent it."""

    delete: list[Version] = field(default_factory=list)
    restore: list[Version] = field(default_factory=list)
    propose: list[Version] = field(default_factory=list)
    stay: list[Version] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)


def plan_undo(batch: ImportBatch) -> UndoPlan:
    """Return what the undo of ``batch`` will do, or its obstacles, with a fixed number of queries."""
    rows = load_versions(batch)
    facts = UndoFacts.read(rows)
    plan = UndoPlan()
    for row in rows:
        reason = facts.find_obstacle(row)
        if reason:
            plan.obstacles.append(Obstacle(row.subject, row.row, reason))
        elif row.is_new:
            (plan.stay if is_public(row) else plan.delete).append(row)
        else:
            (plan.propose if is_public(row) else plan.restore).append(row)
    if rows and len(plan.stay) == len(rows):
        reason = _("Ya es pública y no tiene una versión anterior. Retírala desde su página.")
        plan.obstacles += [Obstacle(row.subject, row.row, reason) for row in plan.stay]
    return plan


def load_versions(batch: ImportBatch) -> list[Version]:
    """Return the revisions of a batch: all of pages, or all of registry rows that still exist."""
    pages: list[Version] = list(batch.versions.select_related("page__content_type"))
    rows = batch.rows.select_related("content_type", "before").prefetch_related("subject")
    return pages or [row for row in rows if row.subject is not None]


def is_public(row: Version) -> bool:
    """Check whether the version of a batch is the public one."""
    return bool(row.subject.live and row.subject.live_revision_id == row.revision_id)


@dataclass(frozen=True)
class UndoFacts:
    """Sets of keys (as text) and tree paths that the obstacles depend on, read at once for a whole batch."""

    in_review: set[str]
    decided: set[str]
    named: set[str]
    grown: set[str]

    @classmethod
    def read(cls, rows: list[Version]) -> UndoFacts:
        keys, new = [row.key for row in rows], [row for row in rows if row.is_new]
        pages = [row.page for row in new if isinstance(row, ImportedVersion)]
        model = type(rows[0].subject) if rows and isinstance(rows[0], ImportedRow) else Page
        references = ReferenceIndex.objects.all()
        if model is Page:
            references = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
            named = find_named_from_outside([row.key for row in new], references)
        else:
            kind = ContentType.objects.get_for_model(model)
            references = references.filter(to_content_type=kind, to_object_id__in=[row.key for row in new])
            named = set(references.values_list("to_object_id", flat=True))
        return cls(
            in_review=find_in_review(keys, model),
            decided=find_decided(keys, model),
            named=named,
            grown=find_grown(pages),
        )

    def find_obstacle(self, row: Version) -> str:
        """Return why a version cannot be undone; empty when it can."""
        subject, key = row.subject, row.key
        if key in self.in_review:
            if isinstance(row, ImportedRow):
                return _("Está en revisión. Retírala antes de su revisión.")
            return _("Está en revisión. Retira antes su paquete.")
        if subject.latest_revision_id != row.revision_id or row.revision_id is None:
            return _("Alguien la cambió después de cargarla.")
        if not row.is_new:
            return "" if row.before_id is not None else _("Ya no se tiene su versión anterior.")
        if is_public(row):
            return ""
        if key in self.decided or subject.first_published_at is not None:
            return _("Ya tiene una decisión de quien revisa.")
        if isinstance(subject, Page) and subject.path in self.grown:
            return _("Alguien le agregó una parte.")
        return _("Otra página la nombra.") if key in self.named else ""


@transaction.atomic
def undo_batch(batch: ImportBatch, by: User) -> list[Obstacle]:
    """Undo a batch, or return its obstacles and change nothing. The caller takes the tree lock."""
    plan = plan_undo(batch)
    if plan.obstacles:
        return plan.obstacles
    for bundle in batch.bundles.filter(status=BundleStatus.PREPARED):
        bundle.delete()
    for row in [*plan.restore, *plan.propose]:
        restore_version(row, by)
    # The deepest pages first: a plan lists them by tree path.
    for row in reversed(plan.delete):
        delete_new(row, by)
    if pages := [row.page for row in plan.propose if isinstance(row, ImportedVersion)]:
        name = _("Deshacer el lote %(batch)s") % {"batch": batch.pk}
        batch.bundles.add(prepare_bundle(Bundle(name=name), pages, by))
    message = _("«%(title)s» ya es pública y no tiene una versión anterior. Retírala desde su página.")
    notes = (RowProblem(message % {"title": visible_title(row.subject)}, row.row) for row in plan.stay)
    batch.notes = [note.as_dict() for note in notes]
    return []


def delete_new(row: Version, by: User) -> None:
    """Delete a new page or row that is not public."""
    if isinstance(row, ImportedVersion):
        Page.objects.get(pk=row.page_id).specific.delete(user=by)
    else:
        log(instance=row.subject, action="wagtail.delete", user=by)
        row.subject.delete()


def restore_version(row: Version, by: User) -> None:
    """Save the version before the batch as a new draft."""
    before: Any = row.before
    subject = before.as_object()
    subject.latest_revision_id = row.subject.latest_revision_id
    subject.save_draft(by, clean=False)
