"""The public list of changed pages by month, and its Atom feed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from abierto.addresses import absolute_url
from abierto.portal import portal_of
from pages.core.cache import mark_cacheable
from pages.core.feeds import build_feed, respond_with_feed
from pages.core.formatting import month_and_year
from pages.core.frame import FrameLink, extend_frame, extend_view_frame
from pages.core.pager import PAGE_PARAMETER, build_pager
from pages.core.rendering import render_view
from pages.municipalities.queries import find_microsite

from .queries import (
    Change,
    annotate_decision,
    build_changes,
    list_changed_pages,
    list_months,
    list_pages_changed_in,
)

PER_PAGE = 100
FEED_LENGTH = 50


@dataclass(frozen=True)
class MonthLink:
    """A month in which something changed."""

    month: datetime.date
    url: str


@dataclass(frozen=True)
class Scope:
    """The pages of which the changes are listed: those of the portal, or of a microsite."""

    root: Page | None = None

    def url(self, name: str, *args: str) -> str:
        """Return the address of one of the views, «changes», «changes_of_month» or «changes_feed»."""
        if self.root is None:
            return reverse(f"pages:{name}", args=args)
        return reverse(f"pages:microsite_{name}", args=[self.root.slug, *args])

    def month_url(self, month: datetime.date) -> str:
        """Return the address of the changes of a month."""
        return self.url("changes_of_month", f"{month:%Y}", f"{month:%m}")

    def title(self, portal: str) -> str:
        """Return the title of the feed."""
        return _("Cambios en %(portal)s") % {"portal": self.root.title if self.root is not None else portal}


@require_safe
def changes(request: HttpRequest, year: str = "", month: str = "", town: str = "") -> HttpResponse:
    """List the pages that changed in a month, the newest one without a month in the address."""
    scope = _find_scope(town)
    months = list_months(scope.root)
    shown = datetime.date(int(year), int(month), 1) if year else months[0] if months else datetime.date.min
    if year and shown not in months:
        raise Http404
    own = scope.month_url(shown) if year else scope.url("changes")
    _extend_frame(request, scope, month_and_year(shown) if year else "", own)
    try:
        listed = Paginator(annotate_decision(list_pages_changed_in(shown, scope.root)), PER_PAGE).page(
            request.GET.get(PAGE_PARAMETER, "1")
        )
    except InvalidPage as error:
        raise Http404 from error
    context = {
        "page": scope.root,
        "month": shown if months else None,
        "is_of_month": bool(year),
        "months": [MonthLink(one, scope.month_url(one)) for one in months],
        "listed": listed,
        "changes": build_changes(listed.object_list, request),
        "feed_url": scope.url("changes_feed"),
        "pager": build_pager(
            listed, lambda number: f"{own}?{PAGE_PARAMETER}={number}" if number > 1 else own
        ),
    }
    return mark_cacheable(render_view(request, "changes/list.html", context))


@require_safe
def feed(request: HttpRequest, town: str = "") -> HttpResponse:
    """Return the last changes as an Atom feed."""
    scope = _find_scope(town)
    title, link = scope.title(portal_of(request).name), absolute_url(scope.url("changes"))
    made = build_feed(request, title, link, scope.url("changes_feed"))
    for change in build_changes(annotate_decision(list_changed_pages(scope.root))[:FEED_LENGTH], request):
        made.add_item(
            title=f"{change.kind}: {change.title}",
            link=change.permanent_url,
            description=describe(change),
            unique_id=change.id,
            pubdate=change.page.first_published_at,
            updateddate=change.changed_at,
        )
    return respond_with_feed(made)


def _find_scope(town: str) -> Scope:
    """Return the scope of an address; a microsite that is not public has none."""
    if not town:
        return Scope()
    root = find_microsite(town)
    if root is None:
        raise Http404
    return Scope(root)


def _extend_frame(request: HttpRequest, scope: Scope, month: str, own: str) -> None:
    title = _("Cambios")
    above = [FrameLink(title, scope.url("changes"))] if month else []
    if scope.root is None:
        extend_view_frame(request, month or title, own, *above)
    else:
        named = scope.title("")
        extend_frame(request, scope.root, month or title, absolute_url(own), *above, document_title=named)


def describe(change: Change) -> str:
    """Write what happened to the page and the title of its parent."""
    if change.is_copied:
        done = _("Copiada de un documento publicado.")
    else:
        done = _("Página nueva.") if change.is_first else _("Cambió.")
    return f"{done} {change.trail}".strip()
