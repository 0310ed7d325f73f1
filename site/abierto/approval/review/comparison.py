"""What a reviewer is shown: the public version beside the new one, field by field, figures as figures.

Asks for no request: the public page shows with it what changed between two published versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Revision

from abierto.accounts.models import User

from .prefetch import ClosedTarget
from .side_by_side import Change, Group
from .stored_content import Content
from .version_pair import VersionPair


@dataclass(frozen=True)
class Comparison:
    """All that changes, and beside it, folded away, what stays."""

    groups: tuple[Group, ...]
    #: The rows that the new version names and that are not public.
    unseen: tuple[Any, ...] = ()
    #: The pages and files that the new version names and that the public cannot open.
    closed: tuple[ClosedTarget, ...] = ()
    #: The content of the old version; None when there was none.
    before: Content | None = field(default=None, repr=False)

    @property
    def changed(self) -> list[Group]:
        """The groups in which something happens."""
        return [group for group in self.groups if not group.is_same]

    @property
    def same(self) -> list[Group]:
        """The groups in which nothing happens."""
        return [group for group in self.groups if group.is_same and group.same]

    @property
    def fields(self) -> list[Change]:
        """Every change, one after the other."""
        return [change for group in self.groups for change in group.changes]

    @property
    def paths(self) -> set[str]:
        """The content paths of all that is shown as changed."""
        return {path for group in self.groups for path in _paths_of(group)}

    @property
    def shown_names(self) -> set[str]:
        """The names of the stored fields and relations of which some change is shown."""
        return {group.root for group in self.changed} | {change.root for change in self.fields}


def _paths_of(group: Group) -> Iterator[str]:
    yield group.path
    for change in group.changes:
        yield change.path
        for block in change.blocks:
            yield from _paths_of(block)


def live_version(revision: Revision) -> Any | None:
    """Return the object as the public sees it now; None when it is not public."""
    row = revision.content_object
    return row if row is not None and row.live else None


def compare_versions(
    old: Any | None, new: Any, viewer: User | None = None, *, is_for_public: bool = False
) -> Comparison:
    """Return what changes from ``old`` (None: nothing was there) to ``new``, field by field.

    ``viewer`` decides which titles may be told (``NamedObjects``). For the public, keys that only find rows
    again are left out. A type may help with what only it knows: ``names_for_review()`` (what keys are called
    by people), ``figures_before()`` (what the public knew before anything of this was public).
    """
    versions = VersionPair(old, new, viewer, is_for_public)
    named = versions.read()
    return Comparison(
        groups=tuple(versions.groups()),
        unseen=versions.objects.drafts(named),
        closed=versions.objects.closed(named),
        before=versions.before,
    )
