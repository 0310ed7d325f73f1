"""The pages with which a new space starts: page families register them, ``abierto.spaces`` creates them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from .enums import SpaceKind
from .models import Space


@dataclass(frozen=True)
class TreeOwner:
    """The space whose pages are built, with the form's values for its start page."""

    space: Space
    #: The row of the registry that the space works for, such as a ``Municipality``.
    row: Any
    band_color: str = ""
    accent_color: str = ""
    presentation: str = ""


#: Returns an unsaved page; its title, slug and summary are set afterwards.
type PageBuilder = Callable[[TreeOwner], Page]


@dataclass(frozen=True)
class TreePage:
    """A page below the root; the state may change its texts in the template of the kind of space."""

    key: str
    title: str
    slug: str
    summary: str
    build: PageBuilder
    #: False: a page of which the template may have any number, with texts of its own.
    is_default: bool = True


@dataclass(frozen=True)
class SpaceTree:
    """The tree of one kind of space: where its root goes, the root, and the pages below it."""

    get_parent: Callable[[], Page]
    #: Returns a root page of this row that no space has, if there is one.
    find_root: Callable[[Any], Page | None]
    build_root: PageBuilder
    pages: tuple[TreePage, ...]

    def find(self, key: str) -> TreePage | None:
        """Return the page with this key; None for one that no family registers any more."""
        return next((page for page in self.pages if page.key == key), None)


class NoParentPage(Exception):
    """The portal has no page under which the tree could go."""


_trees: dict[str, SpaceTree] = {}


def register_space_tree(kind: SpaceKind, tree: SpaceTree) -> None:
    """Set the tree of a kind of space. Call it from ``AppConfig.ready``."""
    _trees[kind] = tree


def get_space_tree(kind: SpaceKind) -> SpaceTree:
    return _trees[kind]
