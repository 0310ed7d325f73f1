"""Mixins for models whose content needs the approval of a second person.

Plain Python classes on purpose: Django writes their import path into the migrations of every model that has
them among its bases. **Never move or rename them.**
"""

from collections.abc import Collection, Iterable
from contextlib import nullcontext
from typing import Any

from django.db import models, transaction
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Revision
from wagtail.models.pages import COMMENTS_RELATION_NAME
from wagtail.query import PageQuerySet

from abierto.text import clean_visible_fields

from .errors import NotApproved
from .guard.checks import check_bulk_write, check_publish, find_parental_key, mark_being_saved, written_fields
from .guard.permissions import FourEyesPermissionTester
from .guard.suspension import check_may_publish, check_may_write
from .ledger.hashing import BOOKKEEPING
from .ledger.imports import current_import
from .ledger.services import is_revision_final, record_import
from .records.services import record_after_publishing
from .references.checks import check_references
from .review.comments.saving import include_resolved_comments, save_only_comments
from .revisions import NOT_IN_FORMS, build_row, cancel_outdated_review, drop_row_keys, index_references_once
from .roles.grants import acting_user


def find_author(user: Any) -> Any | None:
    """Return the author of a revision: the given user, the user of the request, or the importer."""
    current = current_import()
    return user or acting_user() or (current.by if current else None)


class FourEyesQuerySet:
    """Refuses to change the content of live rows in bulk (``bulk_update`` ends in ``update``)."""

    def update(self, **kwargs: Any) -> int:
        """Write bookkeeping freely; content only where nothing is live."""
        names = [self.model._meta.get_field(name).name for name in kwargs]  # type: ignore[attr-defined]
        check_bulk_write(names, touches_live=self.filter(live=True).exists())  # type: ignore[attr-defined]
        return super().update(**kwargs)  # type: ignore[misc]

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        if any(row.live for row in rows):
            check_bulk_write(["live"], touches_live=True)
        return super().bulk_create(rows, *args, **kwargs)  # type: ignore[misc]


class FourEyesPageQuerySet(FourEyesQuerySet, PageQuerySet):
    """The page query set whose bulk writes cannot change what is public."""


INLINE_ROWS_REFUSAL = "Inline rows of public content are written only with the whole of it."


class FourEyesMixin:
    """A model with revisions whose content becomes public only with another person's approval.

    The guard itself is a ``pre_save`` receiver, which also sees writes that bypass these methods.
    """

    # ``search.admin_index`` updates the admin's index.
    search_auto_update = False

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Build the object from a revision, with the current live revision of its row."""
        built = super().with_content_json(drop_row_keys(content))  # type: ignore[misc]
        built.live_revision_id = self.live_revision_id  # type: ignore[attr-defined]
        return built

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Validate the fields of the form, without those that only code writes."""
        clean_visible_fields(self, super().clean_fields, {*(exclude or ()), *NOT_IN_FORMS})  # type: ignore[arg-type,misc]

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication and not a draft."""
        return {}

    def approval_reason_needed(self) -> str:
        """Return why the reviewer must write a reason to approve, which the public reads; empty if not."""
        return ""

    def missing_approver(self, approvers: Collection[int]) -> str:
        """Return why the approvals of the people with these ids are not enough; empty if they are."""
        return ""

    def missing_before(self, together: Collection[int]) -> str:
        """Return which page must be public before this one; empty if none.

        ``together`` has the ids of the pages of the same decision (hook ``pages_decided_together``).
        """
        return ""

    def publication_effects(self) -> list[str]:
        """Return what publishing does beyond the content, one sentence each, for the reviewer."""
        return []

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the object and, with it, its inline rows."""
        self._refuse_partial_rows(kwargs.get("update_fields"))
        written = written_fields(self, kwargs.get("update_fields"))  # type: ignore[arg-type]
        changes_content = written is None or not written <= BOOKKEEPING
        # An import is validated after its insert: a refusal rolls the insert back.
        is_inserted = current_import() is not None and self._state.adding  # type: ignore[attr-defined]
        whole = transaction.atomic() if is_inserted else nullcontext()
        with whole, mark_being_saved(self), index_references_once(self, changes_content):  # type: ignore[arg-type]
            return super().save(*args, **kwargs)  # type: ignore[misc]

    save.alters_data = True  # type: ignore[attr-defined]

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish an approved revision, with its record and all receivers, in one transaction."""
        check_may_publish(self, kwargs.get("user") or acting_user())  # type: ignore[arg-type]
        with transaction.atomic():
            if current_import():
                record_import(self, revision)
            else:
                check_publish(revision)
            # The ledger already holds the decision: permissions no longer matter.
            kwargs["skip_permission_checks"] = True
            with record_after_publishing(self):
                return super().publish(revision, *args, **kwargs)  # type: ignore[misc]

    publish.alters_data = True  # type: ignore[attr-defined]

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Save a revision, never over a revision that is under review, live, scheduled or in the ledger.

        A changed revision cancels the review in progress. Comments alone make no revision.

        Raises:
            ReferencesRefused: if the content refers to an object that it may not.
            Suspended: if its space is suspended and the author is one of its people.
        """
        author = find_author(kwargs.get("user") or (args[0] if args else None))
        check_may_write(self, author)  # type: ignore[arg-type]
        check_references(self, author)
        if overwrite_revision is not None and is_revision_final(self, overwrite_revision):
            overwrite_revision = None
        with transaction.atomic(savepoint=False):
            commented = save_only_comments(self)
            if commented is not None:
                return commented
            save = super().save_revision  # type: ignore[misc]
            revision: Revision = save(*args, overwrite_revision=overwrite_revision, **kwargs)
            cancel_outdated_review(self, revision, revision.user)
        return revision

    save_revision.alters_data = True  # type: ignore[attr-defined]

    def _refuse_partial_rows(self, update_fields: Iterable[str] | None) -> None:
        """Refuse to write only some inline rows of a live object: the guard would not see their content."""
        if update_fields is None or not self.live or current_import():  # type: ignore[attr-defined]
            return
        relations = {relation.get_accessor_name() for relation in get_all_child_relations(self)}
        relations |= {field.name for field in get_all_child_m2m_relations(self)}
        if relations & set(update_fields) - {COMMENTS_RELATION_NAME}:
            raise NotApproved(INLINE_ROWS_REFUSAL)


class FourEyesPage(FourEyesMixin):
    """A page under four eyes: ``class BasePage(FourEyesPage, Page)``."""

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page with its comments, the resolved ones too."""
        if COMMENTS_RELATION_NAME in (kwargs.get("update_fields") or [COMMENTS_RELATION_NAME]):
            include_resolved_comments(self)
        return super().save(*args, **kwargs)

    save.alters_data = True  # type: ignore[attr-defined]

    def permissions_for_user(self, user: Any) -> FourEyesPermissionTester:
        """Return the permissions of ``user``, without the one to publish."""
        return FourEyesPermissionTester(user, self)

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """Copy as drafts: a copy has no approval."""
        if not current_import():
            kwargs["keep_live"] = False
        return super().copy(*args, **kwargs)  # type: ignore[misc]

    copy.alters_data = True  # type: ignore[attr-defined]


class FourEyesChild:
    """An inline row of a page under four eyes: written only together with its page.

    The refusal is in the ``pre_save`` and ``pre_delete`` receivers, which also see ``queryset.delete()``.
    """

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check the fields, invisible texts included."""
        clean_visible_fields(self, super().clean_fields, exclude)  # type: ignore[arg-type,misc]

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """Build the row from a revision of its page."""
        return build_row(cls, data, check_fks=check_fks, strict_fks=strict_fks)  # type: ignore[arg-type]


class FourEyesChildQuerySet(models.QuerySet[Any]):
    """Refuses to change, or to add, rows of live pages in bulk."""

    def update(self, **kwargs: Any) -> int:
        """Write rows of drafts only."""
        field = find_parental_key(self.model)
        written = {self.model._meta.get_field(name) for name in kwargs}
        touches_live = self.filter(**{f"{field.name}__live": True}).exists()
        if field in written:
            owner = getattr(kwargs.get(field.name), "pk", kwargs.get(field.attname, kwargs.get(field.name)))
            touches_live = touches_live or _is_live(field, [owner])
        if touches_live and current_import() is None:
            raise NotApproved(INLINE_ROWS_REFUSAL)
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Insert rows of drafts only."""
        rows, field = list(objs), find_parental_key(self.model)
        if current_import() is None and _is_live(field, [getattr(row, field.attname) for row in rows]):
            raise NotApproved(INLINE_ROWS_REFUSAL)
        return super().bulk_create(rows, *args, **kwargs)


def _is_live(field: Any, owners: Iterable[Any]) -> bool:
    """Check whether one of these pages is public."""
    return bool(field.related_model._base_manager.filter(pk__in=list(owners), live=True).exists())


FourEyesChildManager = models.Manager.from_queryset(FourEyesChildQuerySet)
