"""The way to a page, read in one query: the page, what is above it, the menu and its other languages.

Wagtail asks twice for each level of an address, then for everything above the page again to learn whether it
is private. An address here is seven levels deep at most, but every citizen pays for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.db.models.lookups import In
from wagtail.models import Page, PageViewRestriction

from abierto.approval.overrides.emergency import live_kind_subquery
from abierto.tenancy.visibility import public_condition, published_condition

HOME_DEPTH = 2
# Read together with the rows: what the frame of a page names, and the types with the longest pages.
JOINED = ("planpage", "axispage", "commitmentpage")


@dataclass(frozen=True)
class RouteContext:
    """The rows around one page.

    Each carries ``is_restricted``: that very page has a view restriction; ``is_public`` and
    ``is_published``: the rule of ``abierto.tenancy.visibility``, with and without restrictions; and
    ``decided_as``: the kind of the last decision that lets it be public.
    """

    rows: tuple[Page, ...]
    target: Page | None

    def above(self, page: Page) -> list[Page]:
        """Return what is above ``page``, from the home page down."""
        return [one for one in self.rows if page.path.startswith(one.path) and one.depth < page.depth]

    def is_open(self, page: Page) -> bool:
        """Say whether nothing on the way can be private: neither a restriction nor an alias."""
        if self.target is None:
            return False
        passed = (*self.above(page), self.target)
        return not any(one.is_restricted or one.alias_of_id is not None for one in passed)


def resolve_route(home: Page, path_components: Iterable[str]) -> RouteContext:
    """Read the way from ``home`` to the address that ``path_components`` spell, slug by slug."""
    addresses = [home.url_path]
    for component in path_components:
        addresses.append(f"{addresses[-1]}{component}/")
    wanted = Page.objects.filter(url_path=addresses[-1]).values("translation_key")[:1]
    rows = _read(
        Q(depth=1)
        | Q(url_path__in=addresses)
        | Q(translation_key=Subquery(wanted), live=True)
        | in_menu_of(home.path)
    )
    target = next((one for one in rows if one.url_path == addresses[-1]), None)
    return RouteContext(rows, target)


def load_route(page: Page) -> RouteContext:
    """Read the way to a page that was not looked for by its address: the home page, or a preview."""
    steps = [page.path[: depth * Page.steplen] for depth in range(1, page.depth)]
    home_path = page.path[: HOME_DEPTH * Page.steplen]
    others = Q(translation_key=page.translation_key, live=True)
    rows = _read(Q(path__in=steps) | Q(pk=page.pk) | others | in_menu_of(home_path))
    return RouteContext(rows, next((one for one in rows if one.pk == page.pk), None))


def specific_of(row: Page) -> Page:
    """Return a row of a way as its own type, without asking again for those that were read with it."""
    joined = (getattr(row, name, None) for name in JOINED)
    return next((one for one in joined if one is not None), None) or row.specific


def in_menu_of(home_path: str) -> Q:
    """Return the condition of the public pages in the menus of the home page at ``home_path``."""
    return Q(path__startswith=home_path) & _in_a_menu()


def homes_and_menus(translation_key: UUID) -> Q:
    """Return the condition of a home page in all its languages and of what is in their menus."""
    homes = Page.objects.filter(translation_key=translation_key).values("path")
    below = In(Substr("path", 1, HOME_DEPTH * Page.steplen), homes)
    return Q(translation_key=translation_key, live=True) | (Q(below) & _in_a_menu())


def _in_a_menu() -> Q:
    """The main menu holds pages right below the home page; the foot, prose one level further down."""
    places = Q(depth=HOME_DEPTH + 1) | Q(depth=HOME_DEPTH + 2, standardpage__isnull=False)
    return Q(live=True, show_in_menus=True) & places


def open_rows(condition: Q) -> tuple[Page, ...]:
    """Read the public rows of ``condition``."""
    return tuple(one for one in _read(condition) if one.is_public)


def _read(condition: Q) -> tuple[Page, ...]:
    restricted = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    rows: QuerySet[Page] = (
        Page.objects.filter(condition)
        .annotate(
            is_restricted=Exists(restricted),
            is_public=public_condition(),
            is_published=published_condition(),
            decided_as=live_kind_subquery(),
        )
        .select_related("locale", *JOINED)
        .order_by("path")
    )
    return tuple(rows)
