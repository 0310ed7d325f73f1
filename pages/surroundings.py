"""What stands around every page: the way to it, the menu and its other languages. One query for all three."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Site

from .plans.axis import AxisPage
from .plans.commitment import CommitmentPage
from .plans.plan import PlanPage
from .presentation.words import short_plan_name

HOME_DEPTH = 2


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
    home = site.root_page.localized
    found = _visible(Page.objects.filter(_in_menu_of(home.path))).order_by("path")
    return Surroundings(home_url=home_url, menu=_menu(found, request, None))


def _around_page(request: HttpRequest, page: Page) -> Surroundings:
    above = [page.path[: depth * Page.steplen] for depth in range(HOME_DEPTH, page.depth)]
    home_path = page.path[: HOME_DEPTH * Page.steplen]
    others = Q(translation_key=page.translation_key, live=True)
    found = list(
        _visible(Page.objects.filter(Q(path__in=above) | others | _in_menu_of(home_path)), always=above)
        .select_related("locale", "planpage", "axispage")
        .order_by("path")
    )
    ancestors = [one for one in found if one.path in above]
    around = Surroundings(
        home_url=reverse("wagtail_serve", args=[""]),
        here=_short_title(page),
        canonical_url=page.get_full_url(request) or "",
        menu=_menu((one for one in found if _belongs_to_menu(one, home_path)), request, page),
        crumbs=[Link(_short_title(one), one.get_url(request) or "") for one in ancestors],
        languages=_languages(found, request, page),
    )
    for one in ancestors:
        around.plan = getattr(one, "planpage", None) or around.plan
        around.axis = getattr(one, "axispage", None) or around.axis
    if isinstance(page, PlanPage):
        around.plan = page
    return around


def _in_menu_of(home_path: str) -> Q:
    return Q(path__startswith=home_path, depth=HOME_DEPTH + 1, live=True, show_in_menus=True)


def _belongs_to_menu(page: Page, home_path: str) -> bool:
    return page.depth == HOME_DEPTH + 1 and page.show_in_menus and page.path.startswith(home_path)


def _visible(pages: Iterable[Page], always: Iterable[str] = ()) -> Iterable[Page]:
    """Leave out what only some may see; the way to a page is shown to whoever may see that page."""
    restricted = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    return pages.filter(~Exists(restricted) | Q(path__in=always))


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
    plan = page if isinstance(page, PlanPage) else getattr(page, "planpage", None)
    if plan is not None:
        return short_plan_name(plan.title, is_work_plan=not plan.measures_progress)
    axis = page if isinstance(page, AxisPage) else getattr(page, "axispage", None)
    if axis is not None:
        return _("Eje %(code)s") % {"code": axis.code} if axis.code.isdigit() else axis.code
    return page.code if isinstance(page, CommitmentPage) else page.title
