"""What changed in the portal: by month, and as a feed."""

from __future__ import annotations

import datetime

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from abierto.addresses import absolute_url
from abierto.portal import portal_of
from pages.core.cache import mark_cacheable
from pages.core.formatting import month_and_year
from pages.core.frame import FrameLink, extend_view_frame
from pages.core.rendering import render_view

from .queries import Change, build_changes, changed_in, changed_pages, list_months, with_decision

PER_PAGE = 100
FEED_LENGTH = 50
PAGE_PARAMETER = "pagina"


@require_safe
def changes(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    """List the pages that changed in a month, the newest one without a month in the address."""
    months = list_months()
    own = reverse("pages:changes")
    if year:
        shown = datetime.date(int(year), int(month), 1)
        if shown not in months:
            raise Http404
        own = reverse("pages:changes_of_month", args=[year, month])
        extend_view_frame(
            request, month_and_year(shown), own, FrameLink(_("Cambios"), reverse("pages:changes"))
        )
    else:
        shown = months[0] if months else datetime.date.min
        extend_view_frame(request, _("Cambios"), own)
    try:
        listed = Paginator(with_decision(changed_in(shown)), PER_PAGE).page(
            request.GET.get(PAGE_PARAMETER, "1")
        )
    except InvalidPage as error:
        raise Http404 from error
    context = {
        "month": shown if months else None,
        "is_of_month": bool(year),
        "months": months,
        "listed": listed,
        "changes": build_changes(listed.object_list, request),
        "links": [
            {"number": number, "url": f"{own}?{PAGE_PARAMETER}={number}" if number > 1 else own}
            for number in listed.paginator.page_range
        ],
    }
    return mark_cacheable(render_view(request, "changes/list.html", context))


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the last changes as an Atom feed."""
    made = Atom1Feed(
        title=_("Cambios en %(portal)s") % {"portal": portal_of(request).name},
        link=absolute_url(reverse("pages:changes")),
        description=None,
        language=get_language(),
        feed_url=absolute_url(reverse("pages:changes_feed")),
        author_name=portal_of(request).name,
    )
    for change in build_changes(with_decision(changed_pages())[:FEED_LENGTH], request):
        made.add_item(
            title=f"{change.kind}: {change.title}",
            link=change.permanent_url,
            description=describe(change),
            unique_id=change.id,
            pubdate=change.page.first_published_at,
            updateddate=change.changed_at,
        )
    content_type = "application/atom+xml; charset=utf-8"
    return mark_cacheable(HttpResponse(made.writeString("utf-8"), content_type=content_type))


def describe(change: Change) -> str:
    """Return what happened to the page, and where it is."""
    if change.is_copied:
        done = _("Copiada de un documento publicado.")
    else:
        done = _("Página nueva.") if change.is_first else _("Cambió.")
    return f"{done} {change.trail}".strip()
