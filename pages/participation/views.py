"""The Atom feed of a participation list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from abierto.addresses import page_url
from pages.core.feeds import build_feed, respond_with_feed

from .context import describe_listed, get_own_type, read_listed
from .models import ParticipationIndexPage

FEED_LENGTH = 30


@require_safe
def feed(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return the pages of a public list as an Atom feed, the last published first."""
    index = get_object_or_404(ParticipationIndexPage.objects.public(), pk=page_id)
    own = reverse("pages:participation_feed", args=[page_id])
    made = build_feed(request, index.title, page_url(index, request), own)
    today = timezone.localdate()
    for row in read_listed(index).order_by("-first_published_at", "-path")[:FEED_LENGTH]:
        page = get_own_type(row)
        listed = describe_listed(page, today, request)
        made.add_item(
            title=f"{listed.kind}: {page.title}",
            link=page_url(page, request),
            description=" ".join(text for text in (listed.when, page.summary) if text),
            unique_id=page.translation_key.urn,
            pubdate=page.first_published_at,
            updateddate=page.last_published_at,
        )
    return respond_with_feed(made)
