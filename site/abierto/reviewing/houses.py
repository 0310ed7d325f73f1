"""Whose each page is: the space of the nearest root above it, for many pages with one query."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.tenancy.models import Space, SpaceRoot


@dataclass(frozen=True)
class Houses:
    """The roots of all spaces, by tree path, and in which of them somebody edits."""

    roots: dict[str, Space]
    edited: frozenset[int] = frozenset()

    def of(self, path: str) -> Space | None:
        """Return the space of the page at ``path``."""
        ends = range(len(path), 0, -Page.steplen)
        return next((self.roots[path[:end]] for end in ends if path[:end] in self.roots), None)

    def edits(self, path: str) -> bool:
        """Say whether the person edits the space of the page at ``path``."""
        space = self.of(path)
        return space is not None and space.pk in self.edited


def houses(editor: User | None = None) -> Houses:
    """Return all the spaces' roots, and those spaces in which ``editor`` edits. One query."""
    roots = SpaceRoot.objects.select_related("space", "page")
    if editor is not None:
        mine = User.groups.through.objects.filter(user=editor, group=OuterRef("space__editors"))
        roots = roots.annotate(is_mine=Exists(mine))
    found = list(roots)
    return Houses(
        roots={root.page.path: root.space for root in found},
        edited=frozenset(root.space_id for root in found if getattr(root, "is_mine", False)),
    )
