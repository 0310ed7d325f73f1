"""Atom feeds: updates and reports with their figures, below a page or of an SDG goal; rulings of a topic."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from abierto.addresses import absolute_url, page_url
from abierto.registry.models import SDGGoal
from abierto.tenancy.tree_paths import below_any
from abierto.tenancy.visibility import filter_public
from pages.core.feeds import build_feed, respond_with_feed
from pages.core.formatting import full_date, percent
from pages.figures.fields import FigureLevel
from pages.municipalities.models import MicrositePage
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage
from pages.reports.models import ReportPage
from pages.rulings.models import RulingPage
from pages.rulings.views import add_ruling
from pages.updates.models import ProgressUpdatePage

FEED_LENGTH = 50
#: The page types with a feed of the updates and reports below them.
FOLLOWED = (PlanPage, AxisPage, CommitmentPage, MicrositePage)


@require_safe
def page_feed(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return the last updates and reports below a plan, an axis, a commitment or a microsite."""
    row = get_object_or_404(filter_public(Page.objects.all()), pk=page_id)
    if not issubclass(row.specific_class, FOLLOWED):
        raise Http404
    own = reverse("opendata_pages:page_feed", args=[page_id])
    title = _("Avances: %(title)s") % {"title": row.title}
    # Updates below a translated page may exist only in the source language.
    versions = Page.objects.filter(translation_key=row.translation_key).values_list("path", flat=True)
    return _respond(request, title, page_url(row, request), own, below_any(versions))


@require_safe
def goal_feed(request: HttpRequest, goal: int) -> HttpResponse:
    """Return the last updates of the commitments to a goal of the 2030 Agenda."""
    found = get_object_or_404(SDGGoal, pk=goal)
    pages = CommitmentPage.objects.public().filter(alias_of__isnull=True, sdg_targets__goal=found)
    own = reverse("opendata_pages:goal_feed", args=[goal])
    link = absolute_url(f"{reverse('search:results')}?ods={goal}")
    below = below_any(pages.order_by().values_list("path", flat=True).distinct())
    return _respond(request, _("Avances: %(title)s") % {"title": found}, link, own, below)


@require_safe
def topic_feed(request: HttpRequest, topic: str) -> HttpResponse:
    """Return the last rulings with a topic, which its slug names.

    Raises:
        Http404: for a topic without public rulings.
    """
    own = reverse("opendata_pages:topic_feed", args=[topic])
    rulings: QuerySet[RulingPage] = RulingPage.objects.public().source_language().exclude(topics="")
    newest = rulings.order_by("-last_published_at", "path").iterator(chunk_size=FEED_LENGTH)
    found = [page for page in newest if topic in {slugify(name) for name in page.topic_list}][:FEED_LENGTH]
    if not found:
        raise Http404
    title = _("Sentencias sobre %(topic)s") % {"topic": topic.replace("-", " ")}
    made = build_feed(request, title, absolute_url(f"{reverse('search:results')}?tipo=sentencia"), own)
    for page in found:
        add_ruling(made, page, request)
    return respond_with_feed(made)


def _respond(request: HttpRequest, title: str, link: str, own: str, below: Q) -> HttpResponse:
    made = build_feed(request, title, link, own)
    for page in read_reported(below):
        figure = describe_figure(page)
        made.add_item(
            title=f"{page.title}: {figure}" if figure else page.title,
            link=page_url(page, request),
            description=" ".join(filter(None, [describe_day(page), page.summary])),
            unique_id=page.translation_key.urn,
            pubdate=page.first_published_at,
            updateddate=page.last_published_at,
        )
    return respond_with_feed(made)


def read_reported(below: Q) -> list[Any]:
    """Return the last public updates and reports that match, in the active language, newest first."""
    found: list[Any] = []
    for model in (ProgressUpdatePage, ReportPage):
        pages = model.objects.public().in_active_language().filter(below).prefetch_related("rows")
        found += pages.order_by("-last_published_at", "path")[:FEED_LENGTH]
    return sorted(found, key=lambda page: page.last_published_at, reverse=True)[:FEED_LENGTH]


def describe_figure(page: ProgressUpdatePage | ReportPage) -> str:
    """Return the figure of an update or report as text: the declared one, else the figures of its rows."""
    if isinstance(page, ReportPage):
        figures = (row for row in page.rows.all() if row.level == FigureLevel.PLAN)
        return next((percent(row.effective) for row in figures), "")
    if page.declared is not None:
        return percent(page.declared)
    rows = (row for row in page.rows.all() if row.percent is not None or row.stage)
    return ", ".join(percent(row.percent) or row.stage for row in rows)


def describe_day(page: ProgressUpdatePage | ReportPage) -> str:
    """Return the sentence with the day of the figure: the cut-off, or the end of the period."""
    day = page.cutoff if isinstance(page, ReportPage) else page.period_end
    return _("Cifras al %(day)s.") % {"day": full_date(day)} if day else ""
