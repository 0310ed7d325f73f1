"""The space of each page by tree path, for many pages with one query."""

from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.tenancy.models import Space, SpaceRoot
from abierto.tenancy.tree_paths import find_nearest

CACHE_ATTRIBUTE = "_abierto_space_index"


@dataclass(frozen=True)
class SpaceIndex:
    """The roots of all spaces by tree path, and the spaces in which one user edits or reviews."""

    roots: dict[str, Space]
    edited: frozenset[int] = frozenset()
    reviewed: frozenset[int] = frozenset()

    def of(self, path: str) -> Space | None:
        """Return the space of the page at ``path``."""
        return find_nearest(path, self.roots)

    def edits(self, path: str) -> bool:
        """Check whether the person edits the space of the page at ``path``."""
        space = self.of(path)
        return space is not None and space.pk in self.edited

    def reviews(self, path: str) -> bool:
        """Check whether the person reviews at some step in the space of the page at ``path``."""
        space = self.of(path)
        return space is not None and space.pk in self.reviewed

    def edited_paths(self) -> list[str]:
        """Return the tree paths of the roots of the spaces in which the person edits."""
        return [path for path, space in self.roots.items() if space.pk in self.edited]

    def reviewed_paths(self) -> list[str]:
        """Return the tree paths of the roots of the spaces in which the person reviews."""
        return [path for path, space in self.roots.items() if space.pk in self.reviewed]


def build_space_index(person: User | None = None) -> SpaceIndex:
    """Return all the spaces' roots, and those spaces in which ``person`` edits or reviews. One query."""
    roots = SpaceRoot.objects.select_related("space").annotate(path=F("page__path"))
    if person is not None:
        mine = User.groups.through.objects.filter(user=person)
        steps = ReviewTask.groups.through.objects.filter(
            reviewtask__active=True,
            reviewtask__lender__isnull=True,
            reviewtask__workflow_tasks__workflow=OuterRef("space__workflow"),
            group__user=person,
        )
        roots = roots.annotate(
            is_edited=Exists(mine.filter(group=OuterRef("space__editors"))), is_reviewed=Exists(steps)
        )
    found = list(roots)
    return SpaceIndex(
        roots={root.path: root.space for root in found},
        edited=frozenset(root.space_id for root in found if getattr(root, "is_edited", False)),
        reviewed=frozenset(root.space_id for root in found if getattr(root, "is_reviewed", False)),
    )


def space_index_for(request: HttpRequest) -> SpaceIndex:
    """Return the index of the current user, read once for all the panels of a screen."""
    found: SpaceIndex | None = getattr(request, CACHE_ATTRIBUTE, None)
    if found is None:
        found = build_space_index(cast(User, request.user))
        setattr(request, CACHE_ATTRIBUTE, found)
    return found
