"""Views at fixed addresses: Wagtail's page view, the short address of a commitment, the file of a session."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from icalendar import Event
from wagtail.models import Locale, Page, Site
from wagtail.views import serve as wagtail_serve

from abierto.addresses import page_url
from pages.plans.commitments import CommitmentPage
from pages.plans.keys import plan_filter
from pages.plans.models import PlanPage
from pages.secretariats.sessions import SessionPage

from .calendars import build_event, respond_with_calendar
from .routing import HOME_DEPTH


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


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page with Wagtail's view, after one query for the home page in the active language.

    Wagtail reads the home page, and then its translation: a translated page would cost a query more.
    """
    site = Site.find_for_request(request)
    if site is not None and site.root_page.depth == HOME_DEPTH:
        site.root_page = _find_active_home(site.root_page)
    response: HttpResponse = wagtail_serve(request, path)
    return response


def _find_active_home(root: Page) -> Page:
    """Return the public home page in the active language, else the one of the site. One query."""
    homes = Page.objects.filter(translation_key=root.translation_key).select_related("homepage", "locale")
    active = get_language()
    found = {home.locale.language_code: home for home in homes if home.live or home.pk == root.pk}
    chosen = found.get(active or "") or next((home for home in found.values() if home.pk == root.pk), root)
    return getattr(chosen, "homepage", chosen)
