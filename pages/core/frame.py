"""What stands around every page: the way to it, the menu and its other languages. One query for all three."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from abierto.approval.models import ApprovalKind
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage

from .cache import cached_for_version
from .content_language import content_language
from .formatting import short_plan_name
from .routing import HOME_DEPTH, homes_and_menus, load_route, open_rows


@dataclass(frozen=True)
class FrameLink:
    """A page in a list of links."""

    title: str
    url: str
    is_current: bool = False
    is_above: bool = False
    language: str = ""


@dataclass(frozen=True)
class Language:
    """A language in which this very page exists."""

    code: str
    name: str
    url: str
    full_url: str
    is_current: bool


@dataclass
class PageFrame:
    """Everything the frame of a page needs."""

    # The language of the content, and whether the frame around it speaks another one.
    language: str = field(default_factory=lambda: translation.get_language() or settings.LANGUAGE_CODE)
    is_foreign: bool = False
    home_url: str = "/"
    here: str = ""
    canonical_url: str = ""
    menu: list[FrameLink] = field(default_factory=list)
    foot: list[FrameLink] = field(default_factory=list)
    crumbs: list[FrameLink] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)
    default_url: str = ""
    plan: PlanPage | None = None
    axis: AxisPage | None = None
    # Whether nobody reviewed what the page shows: it must say so.
    in_emergency: bool = False
    # Where anybody may read how the page came to be what it is.
    history_url: str = ""


def build_frame(request: HttpRequest | None, page: Page | None = None) -> PageFrame:
    """Return what stands around ``page``, or around a view that is no page; asked once a request."""
    if request is None:
        return PageFrame()
    known: dict[int | None, PageFrame] = request.__dict__.setdefault("_abierto_surroundings", {})
    key = page.pk if page else None
    if key not in known:
        # The content may be asked for in its own language; what stands around it speaks the visitor's.
        with translation.override(getattr(request, "LANGUAGE_CODE", None) or translation.get_language()):
            known[key] = _around_page(request, page) if page else _around_view(request)
    return known[key]


def extend_frame(
    request: HttpRequest, page: Page, here: str, canonical_url: str, *between: FrameLink
) -> None:
    """Let the frame stand around a view about ``page``: a step further down, in no other language."""
    around = build_frame(request, page)
    url = page.get_url(request) or ""
    request.__dict__["_abierto_surroundings"][page.pk] = replace(
        around,
        crumbs=[*around.crumbs, FrameLink(around.here, url), *between],
        here=here,
        canonical_url=canonical_url,
        languages=[],
        default_url="",
        in_emergency=False,
    )


def _around_view(request: HttpRequest) -> PageFrame:
    home_url = reverse("wagtail_serve", args=[""])
    site = Site.find_for_request(request)
    if site is None:
        return PageFrame(home_url=home_url)
    key = site.root_page.translation_key
    rows = cached_for_version(("homes", key), lambda: open_rows(homes_and_menus(key)))
    home = _home_among(rows, site.root_page)
    languages = [_same_view(one, request) for one in _languages(rows, request, home)]
    in_default = next((one for one in languages if one.code == settings.LANGUAGE_CODE), None)
    return PageFrame(
        home_url=home_url,
        languages=languages,
        default_url=in_default.full_url if in_default else "",
        **_menus(rows, home.path, request, None),
    )


def _home_among(rows: Iterable[Page], root: Page) -> Page:
    """Return the front page in the language spoken, or the one of the site."""
    spoken = translation.get_language()
    homes = (one for one in rows if one.translation_key == root.translation_key)
    return next((one for one in homes if one.locale.language_code == spoken), root)


def _same_view(home: Language, request: HttpRequest) -> Language:
    """Return the view that was asked for, in the language of one of the front pages."""
    url = translate_url(request.get_full_path(), home.code)
    is_current = home.code == translation.get_language()
    return replace(home, url=url, full_url=request.build_absolute_uri(url), is_current=is_current)


def _around_page(request: HttpRequest, page: Page) -> PageFrame:
    way = getattr(page, "way", None) or load_route(page)
    home_path = page.path[: HOME_DEPTH * Page.steplen]
    above = [one for one in way.above(page) if one.depth >= HOME_DEPTH and may_name(one, request)]
    languages = _languages((one for one in way.rows if one.is_public), request, page)
    in_default = next((one for one in languages if one.code == settings.LANGUAGE_CODE), None)
    own = content_language(page)
    around = PageFrame(
        language=own,
        is_foreign=own != translation.get_language(),
        home_url=reverse("wagtail_serve", args=[""]),
        canonical_url=_canonical(page, languages, request),
        languages=languages,
        default_url=in_default.full_url if in_default else "",
        in_emergency=way.target is not None and way.target.decided_as == ApprovalKind.EMERGENCY,
        history_url=_history_url(page, way.target),
        **_menus(way.rows, home_path, request, page),
    )
    with translation.override(own):
        around.here = _short_title(page)
        around.crumbs = [FrameLink(_short_title(one), one.get_url(request) or "") for one in above]
    for one in above:
        around.plan = getattr(one, "planpage", None) or around.plan
        around.axis = getattr(one, "axispage", None) or around.axis
    if isinstance(page, PlanPage):
        around.plan = page
    return around


def may_name(above: Page, request: HttpRequest) -> bool:
    """Say whether a page above is named: to a guest only public ones, to others what they may open."""
    return bool(above.is_public) or not hasattr(request, "guest_link")


def _history_url(page: Page, row: Page | None) -> str:
    """Return the address of the history; an alias has that of its source, and what is not public none."""
    if row is None or not row.is_public:
        return ""
    return reverse("pages:history", args=[page.alias_of_id or page.pk])


def _menus(rows: Iterable[Page], home_path: str, request: HttpRequest, page: Page | None) -> dict[str, Any]:
    """Return the main menu and the links at the foot; nothing below a page that is not in the menu."""
    listed = [one for one in rows if one.show_in_menus and one.is_public]
    listed = [one for one in listed if one.path.startswith(home_path)]
    top = [one for one in listed if one.depth == HOME_DEPTH + 1]
    low = [
        one
        for one in listed
        if one.depth == HOME_DEPTH + 2 and any(one.path.startswith(above.path) for above in top)
    ]
    return {"menu": _links(top, request, page), "foot": _links(low, request, page)}


def _links(pages: Iterable[Page], request: HttpRequest, page: Page | None) -> list[FrameLink]:
    return [
        FrameLink(
            one.title,
            one.get_url(request) or "",
            is_current=page is not None and one.pk == page.pk,
            is_above=page is not None and page.path.startswith(one.path),
            language=content_language(one),
        )
        for one in pages
    ]


def _canonical(page: Page, languages: Iterable[Language], request: HttpRequest) -> str:
    """Return the one address of what ``page`` shows: an alias shows the page of the default language."""
    if page.alias_of_id is not None:
        for one in languages:
            if one.code == settings.LANGUAGE_CODE:
                return one.full_url
    return page.get_full_url(request) or ""


def _languages(pages: Iterable[Page], request: HttpRequest, page: Page) -> list[Language]:
    order = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    # An alias is no translation: it shows the words of its source under another address.
    same = [one for one in pages if one.translation_key == page.translation_key and one.alias_of_id is None]
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
