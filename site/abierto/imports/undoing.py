"""Undo a batch: drafts go back to what they were; what was approved gets its earlier version proposed.

A new page that is not approved is deleted. A new page that is public has no earlier version: it stays, and
the batch names it. Nothing that is public changes here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from abierto.accounts.models import User
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.services import prepare_bundle
from abierto.spreadsheets.rows import RowProblem

from .models import ImportBatch, ImportedVersion
from .obstacles import Obstacle, find_decided, find_grown, find_in_review, find_named_from_outside


@dataclass
class UndoPlan:
    """What undoing a batch does with each of its versions."""

    delete: list[ImportedVersion] = field(default_factory=list)
    restore: list[ImportedVersion] = field(default_factory=list)
    propose: list[ImportedVersion] = field(default_factory=list)
    stay: list[ImportedVersion] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)


def plan_undo(batch: ImportBatch) -> UndoPlan:
    """Return what undoing ``batch`` does, or what stops it, in a fixed number of queries."""
    rows = list(batch.versions.select_related("page__content_type"))
    facts = UndoFacts.read(rows)
    plan = UndoPlan()
    for row in rows:
        reason = facts.find_obstacle(row)
        if reason:
            plan.obstacles.append(Obstacle(row.page, row.row, reason))
        elif row.is_new:
            (plan.stay if is_public(row) else plan.delete).append(row)
        else:
            (plan.propose if is_public(row) else plan.restore).append(row)
    if rows and len(plan.stay) == len(rows):
        reason = _("Ya es pública y no tiene una versión anterior. Retírala desde su página.")
        plan.obstacles += [Obstacle(row.page, row.row, reason) for row in plan.stay]
    return plan


def is_public(row: ImportedVersion) -> bool:
    """Check whether the version of a batch is the public one."""
    return bool(row.page.live and row.page.live_revision_id == row.revision_id)


@dataclass(frozen=True)
class UndoFacts:
    """What the database says about the pages of a batch: keys of pages as text, and tree paths."""

    in_review: set[str]
    decided: set[str]
    named: set[str]
    grown: set[str]

    @classmethod
    def read(cls, rows: list[ImportedVersion]) -> UndoFacts:
        keys = [str(row.page_id) for row in rows]
        new = [row.page for row in rows if row.is_new]
        references = ReferenceIndex.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))
        return cls(
            in_review=find_in_review(keys),
            decided=find_decided(keys),
            named=find_named_from_outside([str(page.pk) for page in new], references),
            grown=find_grown(new),
        )

    def find_obstacle(self, row: ImportedVersion) -> str:
        """Return why a version cannot be undone; empty when it can."""
        page, key = row.page, str(row.page_id)
        if key in self.in_review:
            return _("Está en revisión. Retira antes su paquete.")
        if page.latest_revision_id != row.revision_id or row.revision_id is None:
            return _("Alguien la cambió después de cargarla.")
        if not row.is_new:
            return "" if row.before_id is not None else _("Ya no se tiene su versión anterior.")
        if is_public(row):
            return ""
        if key in self.decided or page.first_published_at is not None:
            return _("Ya tiene una decisión de quien revisa.")
        if page.path in self.grown:
            return _("Alguien le agregó una parte.")
        return _("Otra página la nombra.") if key in self.named else ""


@transaction.atomic
def undo_batch(batch: ImportBatch, by: User) -> list[Obstacle]:
    """Undo a batch, or return what stops it and change nothing. The caller holds the tree lock."""
    plan = plan_undo(batch)
    if plan.obstacles:
        return plan.obstacles
    for bundle in batch.bundles.filter(status=BundleStatus.PREPARED):
        bundle.delete()
    for row in [*plan.restore, *plan.propose]:
        restore_version(row, by)
    for row in sorted(plan.delete, key=lambda row: row.page.path, reverse=True):
        Page.objects.get(pk=row.page_id).specific.delete(user=by)
    if plan.propose:
        name = _("Deshacer el lote %(batch)s") % {"batch": batch.pk}
        pages = [row.page for row in plan.propose]
        batch.bundles.add(prepare_bundle(Bundle(name=name), pages, by))
    message = _("«%(title)s» ya es pública y no tiene una versión anterior. Retírala desde su página.")
    notes = (RowProblem(message % {"title": row.page.title}, row.row) for row in plan.stay)
    batch.notes = [note.as_dict() for note in notes]
    return []


def restore_version(row: ImportedVersion, by: User) -> None:
    """Save the version before the batch as a new draft."""
    before: Any = row.before
    page = before.as_object()
    page.latest_revision_id = row.page.latest_revision_id
    page.save_draft(by, clean=False)
