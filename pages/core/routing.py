"""Route a URL with one query: the page, its ancestors, the menus and its translations.

Wagtail needs two queries for each level of a URL, and another for the view restrictions above the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Substr
from django.db.models.lookups import In
from wagtail.models import Page, PageViewRestriction

from abierto.approval.overrides.emergency import live_kind_subquery
from abierto.registry.models import ArchivedBranch, Institution
from abierto.tenancy.models import PortalSettings
from abierto.tenancy.tree_paths import ancestor_paths, branch_paths, path_at_depth
from abierto.tenancy.visibility import public_condition, published_condition

from .translation import source_language_condition

HOME_DEPTH = 2
# Joined: the data of the page frame, and the page types with the most content.
JOINED = ("planpage", "axispage", "commitmentpage")

#: Annotations of the rows by name, which apps of higher layers register.
_annotations: dict[str, Any] = {}


def register_annotations(**expressions: Any) -> None:
    """Add annotations to the rows of each route; call it from ``AppConfig.ready``."""
    _annotations.update(expressions)


@dataclass(frozen=True)
class RouteContext:
    """The pages around a routed page: ancestors, menus and translations.

    Each row is annotated with ``is_restricted`` (this page itself has a view restriction), ``is_public`` and
    ``is_published`` (the rule of ``abierto.tenancy.visibility``, with and without restrictions) and
    ``decided_as`` (the kind of the last decision that allows it to be public). A home page also has the
    ``territory`` and the ``contact_email`` of its site, the root page of a space the ``office_name`` and
    ``office_email`` of the institution that works in it, and a page of an administration that ended the
    ``period_name`` and ``period_end`` of that administration.
    """

    rows: tuple[Page, ...]
    target: Page | None
    # The page at the address above the requested one.
    parent: Page | None = None

    def above(self, page: Page) -> list[Page]:
        """Return the ancestors of ``page``, from the top down."""
        return [row for row in self.rows if page.path.startswith(row.path) and row.depth < page.depth]

    def is_open(self, page: Page) -> bool:
        """Check that no restriction and no alias is on the route, so that nothing can be private."""
        if self.target is None:
            return False
        passed = (*self.above(page), self.target)
        return not any(row.is_restricted or row.alias_of_id is not None for row in passed)


def resolve_route(home: Page, path_components: Iterable[str]) -> RouteContext:
    """Read the route from ``home`` along the slugs ``path_components``.

    ``home`` may be the start page of a microsite, which is the root page of its own host.
    """
    addresses = [home.url_path]
    for component in path_components:
        addresses.append(f"{addresses[-1]}{component}/")
    wanted = Page.objects.filter(url_path=addresses[-1]).values("translation_key")[:1]
    rows = _read_rows(
        Q(url_path__in=addresses)
        | Q(path__in=ancestor_paths(home.path))
        | Q(translation_key=Subquery(wanted), live=True)
        | menu_of_home_condition(path_at_depth(home.path, HOME_DEPTH))
    )
    target = next((row for row in rows if row.url_path == addresses[-1]), None)
    parent = next((row for row in rows if row.url_path == addresses[-2]), None)
    return RouteContext(rows, target, parent)


def load_route(page: Page) -> RouteContext:
    """Read the route to a page that was not found by its URL: the home page, or a preview."""
    home_path = path_at_depth(page.path, HOME_DEPTH)
    others = Q(translation_key=page.translation_key, live=True)
    rows = _read_rows(
        Q(path__in=branch_paths(page.path)) | Q(pk=page.pk) | others | menu_of_home_condition(home_path)
    )
    return RouteContext(rows, next((row for row in rows if row.pk == page.pk), None))


def get_specific(row: Page) -> Page:
    """Return a row as its own page type, without a query for the types in ``JOINED``."""
    joined = (getattr(row, name, None) for name in JOINED)
    return next((row for row in joined if row is not None), None) or row.specific


def menu_of_home_condition(home_path: str) -> Q:
    """Return the condition of the public pages in the menus of the home page at ``home_path``.

    A home page in another language lists what has no translation yet in the portal's own.
    """
    return (Q(path__startswith=home_path) | source_language_condition()) & _menu_condition()


def homes_and_menus_condition(translation_key: UUID) -> Q:
    """Return the condition of a home page in all its languages and of what is in their menus."""
    homes = Page.objects.filter(translation_key=translation_key).values("path")
    below = In(Substr("path", 1, HOME_DEPTH * Page.steplen), homes)
    return Q(translation_key=translation_key, live=True) | (Q(below) & _menu_condition())


def _menu_condition() -> Q:
    """Return the condition of menu pages.

    The main menu has pages directly below the home page; the footer menu, standard pages one level down.
    """
    places = Q(depth=HOME_DEPTH + 1) | Q(depth=HOME_DEPTH + 2, standardpage__isnull=False)
    return Q(live=True, show_in_menus=True) & places


def read_public_rows(condition: Q) -> tuple[Page, ...]:
    """Read the public rows of ``condition``."""
    return tuple(row for row in _read_rows(condition) if row.is_public)


def _read_rows(condition: Q) -> tuple[Page, ...]:
    restricted = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    portal = PortalSettings.objects.filter(site__root_page__translation_key=OuterRef("translation_key"))
    office = Institution.objects.public().filter(space_link__holder__roots__page=OuterRef("pk"))
    office = office.exclude(email="").order_by("pk")
    period = ArchivedBranch.objects.filter(page_id=OuterRef("pk"))
    rows: QuerySet[Page] = (
        Page.objects.filter(condition)
        .annotate(
            is_restricted=Exists(restricted),
            is_public=public_condition(),
            is_published=published_condition(),
            decided_as=live_kind_subquery(),
            territory=Coalesce(Subquery(portal.values("territory")[:1]), Value("")),
            contact_email=Coalesce(Subquery(portal.values("contact_email")[:1]), Value("")),
            office_name=Coalesce(Subquery(office.values("name")[:1]), Value("")),
            office_email=Coalesce(Subquery(office.values("email")[:1]), Value("")),
            period_name=Coalesce(Subquery(period.values("period__name")[:1]), Value("")),
            period_end=Subquery(period.values("period__ended_on")[:1]),
            **_annotations,
        )
        .select_related("locale", *JOINED)
        .order_by("path")
    )
    return tuple(rows)


def find_own_paths(page: Page) -> set[str]:
    """Return the path of a page and of the page that it translates; no query if the page was routed."""
    route = getattr(page, "route_context", None) or load_route(page)
    return {page.path} | {
        row.path
        for row in route.rows
        if row.translation_key == page.translation_key and row.locale.language_code == settings.LANGUAGE_CODE
    }
