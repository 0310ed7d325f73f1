"""Atom feeds of public pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from abierto.addresses import absolute_url
from abierto.portal import portal_of

from .cache import mark_cacheable

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def build_feed(request: HttpRequest, title: str, link: str, own_path: str) -> Atom1Feed:
    """Return an empty feed; ``link`` is the full address of its page, ``own_path`` the path of the feed."""
    return Atom1Feed(
        title=title,
        link=link,
        description=None,
        language=get_language(),
        feed_url=absolute_url(own_path),
        author_name=portal_of(request).name,
    )


def respond_with_feed(feed: Atom1Feed) -> HttpResponse:
    """Return a feed as a response that is cached like a page."""
    return mark_cacheable(HttpResponse(feed.writeString("utf-8"), content_type=CONTENT_TYPE))
