"""Find the spaces whose cached pages a transaction invalidates.

A change is limited to one space only where that is certain: a page or its rows below the root of a space that
has no other space below it, no alias and no translation elsewhere. Anything else changes all pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex

from abierto.accounts.models import User
from abierto.approval.models import Approval
from abierto.media.models import FileReading, FileText, PortalDocument
from abierto.media.models.base import OwnedFile
from abierto.tenancy.models import SpaceRoot
from abierto.tenancy.tree_paths import below_any, find_nearest

from .cache_impact import CacheImpact, find_cache_impact
from .inline import PageRow
from .routing import HOME_DEPTH

# An import changes more pages than are worth looking at one by one.
MAX_PAGES = 50
# Columns that no public page shows, in one save of a draft or of a sign-in.
UNSHOWN_COLUMNS = {
    Page: frozenset(
        {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
    ),
    User: frozenset({"last_login"}),
}


@dataclass
class PublicChanges:
    """The writes of a transaction: pages by path or id, or a row that any page may show."""

    paths: set[str] = field(default_factory=set)
    page_ids: set[int] = field(default_factory=set)
    #: Readings of files whose text changed.
    reading_ids: set[int] = field(default_factory=set)
    is_shared: bool = False

    def add(self, instance: models.Model) -> None:
        """Add a row that was written or deleted."""
        if find_cache_impact(type(instance)) is CacheImpact.SHARED:
            self.is_shared = True
        elif isinstance(instance, Page):
            self._add_page(instance)
        elif isinstance(instance, Approval):
            self._add_decision(instance)
        elif isinstance(instance, PageRow):
            self._add_row(instance)
        elif isinstance(instance, FileText):
            self.reading_ids.add(instance.reading_id)

    def add_everything(self) -> None:
        """Invalidate all cached pages."""
        self.is_shared = True

    def _add_page(self, page: Page) -> None:
        may_enter_a_menu = page.show_in_menus and page.depth <= HOME_DEPTH + 2
        if may_enter_a_menu or getattr(page, "is_found_by_key", False):
            self.is_shared = True
        self.paths.add(page.path)

    def _add_row(self, row: PageRow) -> None:
        page_id = getattr(row, "page_id", None)
        if page_id is None:
            self.is_shared = True
        else:
            self.page_ids.add(page_id)

    def _add_decision(self, decision: Approval) -> None:
        if (
            decision.content_type_id == ContentType.objects.get_for_model(Page).pk
            and decision.object_id.isdigit()
        ):
            self.page_ids.add(int(decision.object_id))
        else:
            self.is_shared = True

    def find_spaces(self) -> frozenset[int] | None:
        """Return the ids of the changed spaces as they are now; None when any page may have changed."""
        if self.is_shared or len(self.paths) + len(self.page_ids) + len(self.reading_ids) > MAX_PAGES:
            return None
        if self.reading_ids and not self._add_pages_of_texts():
            return None
        # The path of a page that was deleted has been added with its deletion.
        written = Page.objects.filter(pk__in=self.page_ids).values_list("path", flat=True)
        paths = self.paths | (set(written) if self.page_ids else set())
        roots = read_space_roots()
        found = {find_nearest(path, roots) for path in paths}
        spaces = frozenset(space for space in found if space is not None)
        own = tuple(path for path, space in roots.items() if space in spaces)
        if spaces != found or _has_other_space_below(own, spaces, roots):
            return None
        return None if spaces and _is_shown_elsewhere(paths, own) else spaces

    def _add_pages_of_texts(self) -> bool:
        """Add the pages that refer to the read files; False when something else does, or a file is gone."""
        readings = FileReading.objects.filter(pk__in=self.reading_ids)
        documents = set(readings.values_list("document", flat=True))
        kinds = ContentType.objects.get_for_models(Page, PortalDocument)
        references = ReferenceIndex.objects.filter(
            to_content_type=kinds[PortalDocument], to_object_id__in=map(str, documents)
        )
        found = set(references.values_list("base_content_type", "object_id"))
        self.page_ids |= {int(key) for kind, key in found if kind == kinds[Page].pk}
        is_known = len(readings) == len(self.reading_ids)
        return is_known and all(kind == kinds[Page].pk for kind, _key in found)


def is_new_file(instance: models.Model, created: bool) -> bool:
    """Check that a write stored a file for the first time: no page refers to it yet."""
    return created and isinstance(instance, OwnedFile)


def is_unshown(sender: type[models.Model], update_fields: Collection[str] | None) -> bool:
    """Check that a save wrote only columns that no public page shows."""
    if not update_fields:
        return False
    unshown = (columns for model, columns in UNSHOWN_COLUMNS.items() if issubclass(sender, model))
    return any(columns.issuperset(update_fields) for columns in unshown)


def read_space_roots() -> dict[str, int]:
    """Return the id of the space of each root page, by its path."""
    return dict(SpaceRoot.objects.order_by().values_list("page__path", "space_id"))


def _has_other_space_below(own: tuple[str, ...], spaces: Collection[int], roots: Mapping[str, int]) -> bool:
    return any(path.startswith(own) and space not in spaces for path, space in roots.items())


def _is_shown_elsewhere(paths: Collection[str], own: Iterable[str]) -> bool:
    """Check whether a page at or below ``paths`` has an alias or translation outside of the roots ``own``."""
    pages = Page.objects.filter(below_any(paths))
    same = Q(translation_key__in=pages.values("translation_key")) | Q(alias_of__in=pages.values("pk"))
    return Page.objects.filter(same).exclude(below_any(own)).exists()
