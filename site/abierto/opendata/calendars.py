"""iCalendar feeds: the sessions of all secretariats, and the deadlines of commitments and agreements."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Event

from abierto.addresses import page_url
from pages.core.cache import mark_cacheable
from pages.core.calendars import build_event, respond_with_calendar
from pages.core.views import build_session_event
from pages.plans.commitments import CommitmentPage
from pages.secretariats.queries import list_public_agreements
from pages.secretariats.sessions import SessionPage

#: Age of the oldest events.
PAST = datetime.timedelta(days=400)


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Return the public sessions of the last ``PAST`` and all future ones."""
    since = timezone.now() - PAST
    pages = SessionPage.objects.public().in_active_language().filter(starts_at__gte=since)
    events = [build_session_event(page, request) for page in pages.order_by("starts_at", "path")]
    return mark_cacheable(respond_with_calendar(events, "sesiones.ics", _("Sesiones")))


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """Return the last days of commitments and the due days of open agreements."""
    since = timezone.localdate() - PAST
    found = [*_commitments(since, request), *_agreements(since, request)]
    return mark_cacheable(respond_with_calendar(found, "plazos.ics", _("Plazos")))


def _commitments(since: datetime.date, request: HttpRequest) -> Iterator[Event]:
    pages = CommitmentPage.objects.public().in_active_language().filter(end__gte=since)
    for page in pages.order_by("end", "path"):
        yield build_event(
            page.translation_key,
            page.last_published_at,
            page.end,
            _("Termina el compromiso %(code)s: %(title)s") % {"code": page.code, "title": page.title},
            url=page_url(page, request),
        )


def _agreements(since: datetime.date, request: HttpRequest) -> Iterator[Event]:
    rows = list_public_agreements().filter(due__gte=since, done_on__isnull=True).select_related("page")
    for row in rows.order_by("due", "pk"):
        yield build_event(
            row.translation_key,
            row.page.last_published_at,
            row.due,
            _("Vence el acuerdo: %(text)s") % {"text": row.text},
            url=f"{page_url(row.page, request)}#acuerdos",
        )
