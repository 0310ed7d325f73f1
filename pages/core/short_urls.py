"""Stable short addresses and files that are not pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from icalendar import Event
from wagtail.models import Locale

from abierto.addresses import page_url
from pages.plans.commitments import CommitmentPage
from pages.plans.keys import plan_filter
from pages.plans.models import PlanPage
from pages.secretariats.sessions import SessionPage

from .calendars import build_event, respond_with_calendar


def redirect_to_commitment(request: HttpRequest, plan_slug: str, code: str) -> HttpResponse:
    """Redirect ``/compromiso/PLAN/CODE/`` to the page of that commitment.

    The redirect is temporary: the short URL is the stable one, the page may move.
    """
    locale = Locale.objects.filter(language_code=get_language()).first() or Locale.get_default()
    plans = PlanPage.objects.public().filter(**plan_filter(plan_slug))
    plan = plans.filter(locale=locale).first() or plans.first()
    if plan is None:
        raise Http404
    pages = CommitmentPage.objects.public().descendant_of(plan)
    url = get_object_or_404(pages, code=code).get_url(request)
    if url is None:
        raise Http404
    return HttpResponseRedirect(url)


def session_calendar(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return a live, public session as an iCalendar file."""
    session = get_object_or_404(SessionPage.objects.public(), pk=page_id)
    if session.starts_at is None:
        raise Http404
    return respond_with_calendar([build_session_event(session, request)], f"{session.slug}.ics")


def build_session_event(session: SessionPage, request: HttpRequest) -> Event:
    """Return a session that has a date as an event."""
    return build_event(
        session.translation_key,
        session.last_published_at or session.starts_at,
        session.starts_at,
        session.title,
        dtend=session.ends_at,
        description=session.summary,
        location=session.place,
        url=page_url(session, request),
    )
