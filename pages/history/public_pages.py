"""Which pages have a history that anybody may read: those that anybody may read."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail.models import Page

from abierto.tenancy.visibility import filter_public
from pages.base import BasePage


def public_page(page_id: int, request: HttpRequest) -> BasePage:
    """Return the page of that number, as its own type, if anybody may open it now.

    Raises:
        Http404: for every other page, whatever the reason.
    """
    row = filter_public(Page.objects.filter(pk=page_id)).first()
    if row is None:
        raise Http404
    page = row.specific
    if not isinstance(page, BasePage) or page.get_url(request) is None:
        raise Http404
    return page
