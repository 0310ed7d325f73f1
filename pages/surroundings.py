"""What stands around every page: the way to it, the menu and its other languages. One query for all three."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from .plans.axis import AxisPage
from .plans.commitment import CommitmentPage
from .plans.plan import PlanPage
from .presentation.words import short_plan_name
from .way import HOME_DEPTH, in_menu_of, open_rows, way_of


@dataclass(frozen=True)
class Link:
    """A page in a list of links."""

    title: str
    url: str
    is_current: bool = False
    is_above: bool = False


@dataclass(frozen=True)
class Language:
    """A language in which this very page exists."""

    code: str
    name: str
    url: str
    full_url: str
    is_current: bool


@dataclass
class Surroundings:
    """Everything the frame of a page needs."""

    home_url: str = "/"
    here: str = ""
    canonical_url: str = ""
    menu: list[Link] = field(default_factory=list)
    crumbs: list[Link] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)
    plan: PlanPage | None = None
    axis: AxisPage | None = None


def surroundings_of(request: HttpRequest | None, page: Page | None = None) -> Surroundings:
    """Return what stands around ``page``, or around a view that is no page; asked once a request."""
    if request is None:
        return Surroundings()
    known: dict[int | None, Surroundings] = request.__dict__.setdefault("_abierto_surroundings", {})
    key = page.pk if page else None
    if key not in known:
        known[key] = _around_page(request, page) if page else _around_view(request)
    return known[key]


def _around_view(request: HttpRequest) -> Surroundings:
    home_url = reverse("wagtail_serve", args=[""])
    site = Site.find_for_request(request)
    if site is None:
        return Surroundings(home_url=home_url)
    rows = open_rows(in_menu_of(site.root_page.localized.path))
    return Surroundings(home_url=home_url, menu=_menu(rows, request, None))


def _around_page(request: HttpRequest, page: Page) -> Surroundings:
    way = getattr(page, "way", None) or way_of(page)
    home_path = page.path[: HOME_DEPTH * Page.steplen]
    above = [one for one in way.above(page) if one.depth >= HOME_DEPTH]
    around = Surroundings(
        home_url=reverse("wagtail_serve", args=[""]),
        here=_short_title(page),
        canonical_url=page.get_full_url(request) or "",
        menu=_menu((one for one in way.rows if _belongs_to_menu(one, home_path)), request, page),
        crumbs=[Link(_short_title(one), one.get_url(request) or "") for one in above],
        languages=_languages((one for one in way.rows if not one.is_restricted), request, page),
    )
    for one in above:
        around.plan = getattr(one, "planpage", None) or around.plan
        around.axis = getattr(one, "axispage", None) or around.axis
    if isinstance(page, PlanPage):
        around.plan = page
    return around


def _belongs_to_menu(page: Page, home_path: str) -> bool:
    in_menu = page.depth == HOME_DEPTH + 1 and page.show_in_menus and not page.is_restricted
    return in_menu and page.path.startswith(home_path)


def _menu(pages: Iterable[Page], request: HttpRequest, page: Page | None) -> list[Link]:
    return [
        Link(
            one.title,
            one.get_url(request) or "",
            is_current=page is not None and one.pk == page.pk,
            is_above=page is not None and page.path.startswith(one.path),
        )
        for one in pages
        if one.live
    ]


def _languages(pages: Iterable[Page], request: HttpRequest, page: Page) -> list[Language]:
    order = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    same = [one for one in pages if one.translation_key == page.translation_key]
    known = [one for one in same if one.locale.language_code in order]
    return [
        Language(
            code=one.locale.language_code,
            name=_own_name(one.locale.language_code),
            url=one.get_url(request) or "",
            full_url=one.get_full_url(request) or "",
            is_current=one.pk == page.pk,
        )
        for one in sorted(known, key=lambda one: order.index(one.locale.language_code))
    ]


def _own_name(code: str) -> str:
    """Name a language in itself."""
    with translation.override(code):
        return str(dict(settings.WAGTAIL_CONTENT_LANGUAGES)[code])


def _short_title(page: Page) -> str:
    """Name a page in few letters, so that the way to it fits on a phone."""
    if page.depth == HOME_DEPTH:
        return _("Inicio")
    page = _as_part_of_plan(page)
    if isinstance(page, PlanPage):
        return short_plan_name(page.title, is_work_plan=not page.measures_progress)
    if isinstance(page, AxisPage):
        return _("Eje %(code)s") % {"code": page.code} if page.code.isdigit() else page.code
    return page.code if isinstance(page, CommitmentPage) else page.title


def _as_part_of_plan(page: Page) -> Page:
    """Return the plan or axis that was read together with a plain page; ask for nothing more."""
    if type(page) is not Page:
        return page
    return getattr(page, "planpage", None) or getattr(page, "axispage", None) or page


def _row_of(page: Page, name: str) -> PlanPage | AxisPage | None:
    """Return the joined row of a plain page; a specific page is no other type, so it is not asked."""
    return getattr(page, name, None) if type(page) is Page else None
