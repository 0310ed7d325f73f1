"""Refuse to save public content that was not approved exactly as it is.

Runs before every write of a row that is, or is about to be, public: publishing, inserting, reverting,
scheduling, aliases, the API and the shell all end in a save.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.models import Page, Revision

from abierto.approval.errors import NotApproved
from abierto.approval.ledger.hashing import BOOKKEEPING, NOT_CONTENT, content_hash, digest
from abierto.approval.ledger.imports import current_import
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.references.checks import check_references
from abierto.approval.review.validation import check_unless_validated

from .permissions import changes_public_urls

NOTE = "_four_eyes_note"
"""Attribute in which ``check_save`` names the ledger row that the receivers must add."""

_being_saved: ContextVar[tuple[models.Model, ...]] = ContextVar("abierto_being_saved", default=())


@contextmanager
def mark_being_saved(instance: models.Model) -> Iterator[None]:
    """Mark the object whose inline rows may be written now."""
    token = _being_saved.set((*_being_saved.get(), instance))
    try:
        yield
    finally:
        _being_saved.reset(token)


def is_being_saved(model: type[models.Model], pk: Any) -> bool:
    """Check whether the object of ``model`` with this key is the one being saved."""
    return any(isinstance(instance, model) and instance.pk == pk for instance in _being_saved.get())


def check_save(instance: models.Model, raw: bool, update_fields: Collection[str] | None) -> None:
    """Refuse to write content that is public, or would be, without an approval of exactly that content."""
    instance.__dict__.pop(NOTE, None)
    written = written_fields(instance, update_fields)
    if written is not None and written <= BOOKKEEPING:
        return
    _check_alias(instance)
    if not instance.live:  # type: ignore[attr-defined]
        stored = load_stored_row(instance)
        _mark_withdrawal(instance, stored, written)
        _check_address(instance, stored, written)
    elif current_import():
        check_references(instance)
        setattr(instance, NOTE, ApprovalKind.IMPORT)
    elif raw:
        raise NotApproved("Fixtures cannot make content live: load drafts, or use a command.")
    elif _is_approved_alias(instance):
        setattr(instance, NOTE, ApprovalKind.INHERITED)
    elif not _is_approved(instance, written):
        raise NotApproved(f"Nobody else approved this content of {instance!r}.")
    else:
        check_references(instance, approved=True)


def check_base_page_save(page: Page, raw: bool, update_fields: Collection[str] | None) -> None:
    """Allow a plain ``Page`` to be saved for tree operations; refuse a change of public content."""
    written = written_fields(page, update_fields)
    if (written is not None and written <= BOOKKEEPING) or current_import():
        return
    stored = Page._base_manager.filter(pk=page.pk).first()
    if not page.live:
        # Wagtail's command unpublishes expired pages as plain ``Page`` objects.
        _mark_withdrawal(page, stored, written)
        _check_address(page, stored, written)
        return
    content = {field.name for field in Page._meta.fields} - BOOKKEEPING
    if stored is None or raw or changed_fields(stored, page, written) & content:
        raise NotApproved(f"A plain Page cannot change what is public of {page!r}.")


def written_fields(instance: models.Model, update_fields: Collection[str] | None) -> set[str] | None:
    """Return the names of the fields about to be written; None: all of them."""
    if update_fields is None:
        return None
    return {instance._meta.get_field(name).name for name in update_fields}


def changed_fields(stored: models.Model, instance: models.Model, written: set[str] | None) -> set[str]:
    """Return the names of the columns of ``stored`` that writing ``instance`` would change."""
    return {
        field.name
        for field in stored._meta.concrete_fields
        if (written is None or field.name in written)
        and getattr(stored, field.attname) != getattr(instance, field.attname)
    }


def load_stored_row(instance: models.Model) -> Any | None:
    """Return the row as the database has it now."""
    if instance.pk is None:
        return None
    return type(instance)._base_manager.filter(pk=instance.pk).first()


def _check_alias(instance: Any) -> None:
    """Refuse an alias unless it shows the same content under another language."""
    source_key = getattr(instance, "alias_of_id", None)
    if not source_key or current_import():
        return
    stored = load_stored_row(instance)
    if stored is not None and stored.alias_of_id == source_key:
        return
    if stored is not None and stored.live:
        raise NotApproved("A public page cannot become an alias: its content would change.")
    source = Page._base_manager.filter(pk=source_key).values("translation_key", "locale_id").first()
    is_translation = (
        source is not None
        and source["translation_key"] == instance.translation_key
        and source["locale_id"] != instance.locale_id
    )
    if not is_translation:
        raise NotApproved("Aliases exist only between the languages of one page.")


def _mark_withdrawal(instance: Any, stored: Any | None, written: set[str] | None) -> None:
    if stored is not None and stored.live and (written is None or "live" in written):
        setattr(instance, NOTE, ApprovalKind.WITHDRAWN)


def _check_address(instance: Any, stored: Any | None, written: set[str] | None) -> None:
    """Refuse a new slug of an unpublished page that changes the URL of a public descendant."""
    if stored is None or not isinstance(instance, Page) or (written is not None and "slug" not in written):
        return
    if changes_public_urls(instance, stored.slug, instance.slug):
        raise NotApproved(f"What is public below {instance!r} would change its address.")


def _is_approved(instance: Any, written: set[str] | None) -> bool:
    """Check that the row as it will be saved was approved, or equals the live content."""
    result = instance if written is None else _overlay_fields(instance, written)
    if result is None or not hasattr(result, "serializable_data"):
        return False
    sha = content_hash(result)
    decision = None if _is_scheduled(result) else Approval.latest(result)
    if decision is not None and decision.allows(sha, result.live_revision_id):
        return True
    stored = load_stored_row(instance)
    return stored is not None and stored.live and content_hash(stored) == sha


def _overlay_fields(instance: Any, written: set[str]) -> Any | None:
    """Return the stored row with the written fields applied: the future content of the database."""
    result = load_stored_row(instance)
    if result is None:
        return None
    for name in written:
        attname = result._meta.get_field(name).attname
        setattr(result, attname, getattr(instance, attname))
    return result


def _is_scheduled(instance: Any) -> bool:
    return bool(instance.go_live_at and instance.go_live_at > timezone.now())


def _is_approved_alias(alias: Any) -> bool:
    """Check that the content of a live alias equals that of its approved, live source."""
    if not getattr(alias, "alias_of_id", None):
        return False
    source = Page._base_manager.filter(pk=alias.alias_of_id, live=True).first()
    if source is None or not hasattr(alias, "serializable_data"):
        return False
    sha = digest(type(alias), {**alias.serializable_data(), "slug": source.slug})
    return Approval.covers(source, sha) or _has_same_content(alias, sha, source)


def _has_same_content(alias: Any, sha: str, source: Page) -> bool:
    """Compare with the public row itself: the last approval may be of a scheduled version."""
    return isinstance(source.specific, type(alias)) and content_hash(source.specific) == sha


def check_publish(revision: Revision) -> None:
    """Refuse to publish, now or at a date, a revision whose content was not approved or is invalid."""
    if not Approval.covers_revision(revision):
        raise NotApproved(f"Nobody else approved revision {revision.pk}.")
    check_unless_validated(revision)


def check_bulk_write(names: Collection[str], touches_live: bool) -> None:
    """Refuse a bulk write that changes public content or the fields that make it public."""
    if current_import() or set(names) <= BOOKKEEPING:
        return
    if touches_live or set(names) & (NOT_CONTENT - BOOKKEEPING - {"locale", "translation_key"}):
        raise NotApproved("Public content cannot be changed in bulk.")


# --- Inline rows: written and deleted only together with their page ------------------------------------


def find_parental_key(model: type[models.Model]) -> Any:
    """Return the field by which an inline row belongs to its page."""
    return next(field for field in model._meta.fields if isinstance(field, ParentalKey))


def check_row_write(row: models.Model) -> None:
    """Refuse to save a row of a live page on its own."""
    if not _is_saved_with_page(row):
        _refuse_if_live(row, "written")


def check_row_delete(row: models.Model, origin: Any) -> None:
    """Refuse to delete a row of a live page, except together with the page."""
    model = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if issubclass(model, type(row)) and not _is_saved_with_page(row):
        _refuse_if_live(row, "deleted")


def _is_saved_with_page(row: models.Model) -> bool:
    field = find_parental_key(type(row))
    return current_import() is not None or is_being_saved(field.related_model, getattr(row, field.attname))


def _refuse_if_live(row: models.Model, done: str) -> None:
    field = find_parental_key(type(row))
    owners = {getattr(row, field.attname)}
    if row.pk is not None:
        # Moving a row to a draft would take it from the live page it is on.
        owners |= set(type(row)._base_manager.filter(pk=row.pk).values_list(field.attname, flat=True))
    if field.related_model._base_manager.filter(pk__in=owners, live=True).exists():
        raise NotApproved(f"{row!r} belongs to public content and is {done} only with the whole of it.")
