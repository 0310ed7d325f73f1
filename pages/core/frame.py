"""The frame of a page: breadcrumbs, menus and links to its other languages, read with one query."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from abierto.addresses import absolute_url, link_url, page_url
from abierto.approval.models import ApprovalKind
from abierto.portal import PortalIdentity, portal_of
from abierto.tenancy.tree_paths import path_at_depth
from abierto.text import interface_language
from pages.municipalities.frame import MicrositeFrame, build_microsite_frame
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage

from .cache import cached_for_version
from .content_language import content_language
from .formatting import short_plan_name
from .routing import HOME_DEPTH, RouteContext, homes_and_menus_condition, load_route, read_public_rows
from .structured_data import describe_breadcrumbs, describe_portal
from .titles import write_document_title


@dataclass(frozen=True)
class FrameLink:
    """A page in a list of links."""

    title: str
    url: str
    is_current: bool = False
    is_above: bool = False
    language: str = ""


@dataclass(frozen=True)
class LanguageLink:
    """A language in which the page exists."""

    code: str
    name: str
    url: str
    full_url: str
    is_current: bool


@dataclass
class PageFrame:
    """The data of ``base.html`` and the navigation templates."""

    # The language of the content, that of the texts around it, and whether the visitor asked for another one.
    language: str = field(default_factory=lambda: translation.get_language() or settings.LANGUAGE_CODE)
    interface_language: str = field(default_factory=interface_language)
    is_foreign: bool = False
    portal: PortalIdentity = field(default_factory=PortalIdentity)
    home_url: str = "/"
    current_title: str = ""
    # The title of the document: with its code and the plan that it is a part of.
    document_title: str = ""
    # The picture for those who share the page; none of a draft.
    image_url: str = ""
    canonical_url: str = ""
    menu: list[FrameLink] = field(default_factory=list)
    footer_menu: list[FrameLink] = field(default_factory=list)
    breadcrumbs: list[FrameLink] = field(default_factory=list)
    languages: list[LanguageLink] = field(default_factory=list)
    default_url: str = ""
    plan: PlanPage | None = None
    axis: AxisPage | None = None
    # The official mailboxes: that of the portal and that of the institution in whose space the page is.
    contact_email: str = ""
    office_name: str = ""
    office_email: str = ""
    # The municipality on whose microsite the page is.
    microsite: MicrositeFrame | None = None
    # The administration whose page it is, if that ended, and its last day.
    period_name: str = ""
    period_end: datetime.date | None = None
    # Whether the page was published without a review: it must say so.
    in_emergency: bool = False
    # Since when the page is a translation of an earlier version of its source.
    stale_since: datetime.datetime | None = None
    # When a person approved the page, if it has text that a machine translated.
    machine_approved_at: datetime.datetime | None = None
    # The address of the public history of the page.
    history_url: str = ""

    @property
    def is_marked(self) -> bool:
        """Return whether the content is in another language than the texts around it."""
        return self.language != self.interface_language

    @property
    def og_locale(self) -> str:
        """The language as Open Graph writes it: «es_MX»."""
        return translation.to_locale(self.language)

    @property
    def structured(self) -> dict[str, Any]:
        """What search engines read: the breadcrumbs, or on the home page the portal itself."""
        if not self.breadcrumbs:
            return describe_portal(self.portal.name, self.contact_email)
        crumbs = [(crumb.title, crumb.url) for crumb in self.breadcrumbs]
        return describe_breadcrumbs([*crumbs, (self.current_title, self.canonical_url)])


def build_frame(request: HttpRequest | None, page: Page | None = None) -> PageFrame:
    """Build the frame of ``page``, or of a view without a page; once per request."""
    if request is None:
        return PageFrame()
    known: dict[int | None, PageFrame] = request.__dict__.setdefault("_abierto_page_frames", {})
    key = page.pk if page else None
    if key not in known:
        # The content may be rendered in its own language; the frame is in the visitor's.
        with translation.override(getattr(request, "LANGUAGE_CODE", None) or translation.get_language()):
            known[key] = _build_page_frame(request, page) if page else _build_view_frame(request)
    return known[key]


def extend_frame(
    request: HttpRequest,
    page: Page,
    current_title: str,
    canonical_url: str,
    *between: FrameLink,
    document_title: str = "",
) -> None:
    """Replace the frame of ``page`` by that of a view below it, which has no translations."""
    frame = build_frame(request, page)
    url = page.get_url(request) or ""
    request.__dict__["_abierto_page_frames"][page.pk] = replace(
        frame,
        breadcrumbs=[*frame.breadcrumbs, FrameLink(frame.current_title, url), *between],
        current_title=current_title,
        document_title=document_title or frame.document_title,
        canonical_url=canonical_url,
        languages=[],
        default_url="",
        in_emergency=False,
    )


def extend_view_frame(request: HttpRequest, current_title: str, path: str, *above: FrameLink) -> None:
    """Set the title, the address and the breadcrumbs in the frame of a view without a page."""
    frame = build_frame(request)
    home = FrameLink(_("Inicio"), frame.home_url)
    request.__dict__["_abierto_page_frames"][None] = replace(
        frame,
        breadcrumbs=[home, *above],
        current_title=current_title,
        document_title=current_title,
        canonical_url=absolute_url(path),
    )


def _build_view_frame(request: HttpRequest) -> PageFrame:
    home_url = find_home_url(request)
    site = Site.find_for_request(request)
    if site is None:
        return PageFrame(home_url=home_url)
    root = _find_portal_root(site)
    key = root.translation_key
    rows = cached_for_version(("homes", key), lambda: read_public_rows(homes_and_menus_condition(key)))
    home = _find_home(rows, root)
    languages = [_translate_view_link(link, request) for link in _language_links(rows, request, home)]
    in_default = next((link for link in languages if link.code == settings.LANGUAGE_CODE), None)
    return PageFrame(
        portal=portal_of(request, getattr(home, "territory", None) or ""),
        home_url=home_url,
        languages=languages,
        default_url=in_default.full_url if in_default else "",
        contact_email=getattr(home, "contact_email", ""),
        **_build_menus(rows, home.path, request, None),
    )


def find_home_url(request: HttpRequest) -> str:
    """Return the address of the portal's home page, a full one on the own host of a microsite."""
    path: str = reverse("wagtail_serve", args=[""])
    site = Site.find_for_request(request)
    is_portal = site is None or site.root_page.depth <= HOME_DEPTH
    return path if is_portal else absolute_url(path)


def _find_portal_root(site: Site) -> Page:
    """Return the home page at or above the root page of a site."""
    root: Page = site.root_page
    if root.depth > HOME_DEPTH:
        root = Page.objects.get(path=path_at_depth(root.path, HOME_DEPTH))
    return root


def _find_home(rows: Iterable[Page], root: Page) -> Page:
    """Return the home page in the active language, or the one of the site."""
    active = translation.get_language()
    homes = (row for row in rows if row.translation_key == root.translation_key)
    return next((row for row in homes if row.locale.language_code == active), root)


def _translate_view_link(home: LanguageLink, request: HttpRequest) -> LanguageLink:
    """Return the link to the requested view in the language of one of the home pages."""
    url = translate_url(request.get_full_path(), home.code)
    is_current = home.code == translation.get_language()
    return replace(home, url=url, full_url=absolute_url(url), is_current=is_current)


def _build_page_frame(request: HttpRequest, page: Page) -> PageFrame:
    route_context = getattr(page, "route_context", None) or load_route(page)
    home_path = path_at_depth(page.path, HOME_DEPTH)
    above = [row for row in route_context.above(page) if row.depth >= HOME_DEPTH and may_name(row, request)]
    languages = _language_links((row for row in route_context.rows if row.is_public), request, page)
    in_default = next((link for link in languages if link.code == settings.LANGUAGE_CODE), None)
    own = content_language(page)
    target = route_context.target
    home = next((row for row in route_context.rows if row.path == home_path), None)
    office = _find_office(page, route_context)
    period = _find_period(page, route_context)
    frame = PageFrame(
        language=own,
        is_foreign=own != translation.get_language(),
        portal=portal_of(request, home.territory if home else ""),
        home_url=find_home_url(request),
        canonical_url=_canonical_url(page, languages, request),
        languages=languages,
        default_url=in_default.full_url if in_default else "",
        in_emergency=target is not None and target.decided_as == ApprovalKind.EMERGENCY,
        stale_since=getattr(target, "stale_since", None),
        machine_approved_at=getattr(target, "machine_approved_at", None),
        history_url=_history_url(page, target),
        contact_email=home.contact_email if home else "",
        period_name=period.period_name if period else "",
        period_end=period.period_end if period else None,
        office_name=office.office_name if office else "",
        office_email=office.office_email if office else "",
        microsite=build_microsite_frame(page, above, request),
        **_build_menus(route_context.rows, home_path, request, page),
    )
    with translation.override(own):
        frame.current_title = _short_title(page)
        frame.breadcrumbs = [
            FrameLink(_short_title(ancestor), link_url(ancestor, request)) for ancestor in above
        ]
    for ancestor in above:
        frame.plan = getattr(ancestor, "planpage", None) or frame.plan
        frame.axis = getattr(ancestor, "axispage", None) or frame.axis
    if isinstance(page, PlanPage):
        frame.plan = page
    above_it = next((one.commitmentpage.code for one in above if hasattr(one, "commitmentpage")), "")
    frame.document_title = write_document_title(page, frame.plan, above_it)
    if target is not None and target.is_public:
        frame.image_url = absolute_url(reverse("share_image", args=[page.alias_of_id or page.pk]))
    return frame


def _find_office(page: Page, route_context: RouteContext) -> Any:
    """Return the nearest row at or above ``page`` whose space has an institution with a mailbox."""
    passed = [row for row in route_context.rows if page.path.startswith(row.path) and row.office_email]
    return max(passed, key=lambda row: row.depth, default=None)


def _find_period(page: Page, route_context: RouteContext) -> Any:
    """Return the nearest row at or above ``page`` that belongs to an administration that ended."""
    passed = [row for row in route_context.rows if page.path.startswith(row.path) and row.period_end]
    return max(passed, key=lambda row: row.depth, default=None)


def may_name(above: Page, request: HttpRequest) -> bool:
    """Check that the title of the ancestor ``above`` may be shown: guests see public ancestors only."""
    return bool(above.is_public) or not hasattr(request, "guest_link")


def _history_url(page: Page, row: Page | None) -> str:
    """Return the URL of the history; an alias uses that of its source, an unpublished page has none."""
    if row is None or not row.is_public:
        return ""
    return reverse("pages:history", args=[page.alias_of_id or page.pk])


def _build_menus(
    rows: Iterable[Page], home_path: str, request: HttpRequest, page: Page | None
) -> dict[str, Any]:
    """Return the main and the footer menu, without pages whose parent is not in the main menu."""
    rows = list(rows)
    public = [row for row in rows if row.show_in_menus and row.is_public]
    parents = tuple(row.path for row in public if row.depth == HOME_DEPTH + 1)
    listed = _listed_below(home_path, rows, public)
    top = [row for row in listed if row.depth == HOME_DEPTH + 1]
    low = [row for row in listed if row.depth == HOME_DEPTH + 2 and row.path.startswith(parents)]
    return {"menu": _build_links(top, request, page), "footer_menu": _build_links(low, request, page)}


def _listed_below(home_path: str, rows: Iterable[Page], public: Sequence[Page]) -> list[Page]:
    """Return the menu pages of a home page; pages without a translation in the portal's own language."""
    own = [row for row in public if row.path.startswith(home_path)]
    home = next((row for row in rows if row.path == home_path), None)
    if home is None or home.locale.language_code == settings.LANGUAGE_CODE:
        return own
    source = [
        row
        for row in public
        if row.alias_of_id is None and row.locale.language_code == settings.LANGUAGE_CODE
    ]
    translated = {row.translation_key: row for row in own}
    in_order = {row.translation_key: translated.pop(row.translation_key, row) for row in source}
    return [*in_order.values(), *translated.values()]


def _build_links(pages: Iterable[Page], request: HttpRequest, page: Page | None) -> list[FrameLink]:
    return [
        FrameLink(
            listed_page.title,
            link_url(listed_page, request),
            is_current=page is not None and listed_page.pk == page.pk,
            is_above=page is not None and page.path.startswith(listed_page.path),
            language=content_language(listed_page),
        )
        for listed_page in pages
    ]


def _canonical_url(page: Page, languages: Iterable[LanguageLink], request: HttpRequest) -> str:
    """Return the canonical URL of ``page``: an alias shows the page of the default language."""
    if page.alias_of_id is not None:
        for link in languages:
            if link.code == settings.LANGUAGE_CODE:
                return link.full_url
    return page_url(page, request)


def _language_links(pages: Iterable[Page], request: HttpRequest, page: Page) -> list[LanguageLink]:
    order = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    # An alias is no translation: it shows the content of its source at another URL.
    same = [
        translated
        for translated in pages
        if translated.translation_key == page.translation_key and translated.alias_of_id is None
    ]
    known = [translated for translated in same if translated.locale.language_code in order]
    return [
        LanguageLink(
            code=translated.locale.language_code,
            name=_language_name(translated.locale.language_code),
            url=link_url(translated, request),
            full_url=page_url(translated, request),
            is_current=translated.pk == page.pk,
        )
        for translated in sorted(known, key=lambda translated: order.index(translated.locale.language_code))
    ]


def _language_name(code: str) -> str:
    """Return the name of a language in that language."""
    with translation.override(code):
        return str(dict(settings.WAGTAIL_CONTENT_LANGUAGES)[code])


def _short_title(page: Page) -> str:
    """Return a title short enough for breadcrumbs on a phone."""
    if page.depth == HOME_DEPTH:
        return _("Inicio")
    page = _plan_part(page)
    if isinstance(page, PlanPage):
        return short_plan_name(page.title, is_work_plan=not page.measures_progress)
    if isinstance(page, AxisPage):
        return _("Eje %(code)s") % {"code": page.code} if page.code.isdigit() else page.code
    return page.code if isinstance(page, CommitmentPage) else page.title


def _plan_part(page: Page) -> Page:
    """Return the plan or axis joined to a plain page by ``routing``, without a query."""
    if type(page) is not Page:
        return page
    return getattr(page, "planpage", None) or getattr(page, "axispage", None) or page
