"""Which pages have a history that anybody may read: those that anybody may read."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import Page

from pages.base import BasePage
from pages.contexts.visible import visible


def public_page(page_id: int, request: HttpRequest) -> BasePage:
    """Return the page of that number, as its own type, if anybody may open it now.

    Raises:
        Http404: for every other page, whatever the reason.
    """
    row = visible(Page.objects.filter(pk=page_id)).first()
    if row is None or (row.expire_at is not None and row.expire_at <= timezone.now()):
        raise Http404
    page = row.specific
    if not isinstance(page, BasePage) or page.get_url(request) is None:
        raise Http404
    return page
