"""The history of a public page: the list of its decisions, and what one version changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from abierto.addresses import absolute_url
from abierto.approval.overrides.withdrawals import find_withdrawal_url
from abierto.tenancy.visibility import filter_public
from pages.core.base import BasePage
from pages.core.cache import mark_cacheable
from pages.core.content_language import content_language
from pages.core.frame import FrameLink, extend_frame
from pages.core.pager import PAGE_PARAMETER, build_pager
from pages.core.rendering import render_view
from pages.reports.models import ReportPage

from .entries import build_entries
from .ledger_rows import read_outline
from .versions import compare_with_previous

PER_PAGE = 20


@require_safe
def decisions(request: HttpRequest, page_id: int) -> HttpResponse:
    """List the decisions about a page, newest first."""
    page = get_public_page(int(page_id), request)
    if page.alias_of_id is not None:
        return redirect("pages:history", page.alias_of_id)
    own = reverse("pages:history", args=[page.pk])
    with translation.override(content_language(page)):
        outlined = read_outline(page)
        listed = _get_list_page(outlined.numbers, request.GET.get(PAGE_PARAMETER, "1"))
        _extend_frame(request, page, _("Historial"), "pages:history", page.pk)
        context = {
            "page": page,
            "page_url": page.get_url(request),
            "history_url": own,
            "entries": build_entries(page, outlined, listed.object_list, Site.find_for_request(request)),
            "listed": listed,
            "pager": build_pager(listed, lambda number: f"?{PAGE_PARAMETER}={number}"),
            "errata": _read_errata(page) if listed.number == 1 else [],
            "original_url": _original_history_url(page),
            "withdrawal_url": _withdrawal_url(request, page),
        }
    response = render_view(request, "pages/history.html", context)
    if context["withdrawal_url"]:
        add_never_cache_headers(response)
        return response
    return mark_cacheable(response)


def _withdrawal_url(request: HttpRequest, page: BasePage) -> str:
    """Return the admin URL that withdraws the page if the signed-in user may; else an empty text.

    The user of a visitor without a session is not read: the response would vary by cookie.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return ""
    return find_withdrawal_url(page, request.user)


@require_safe
def change(request: HttpRequest, page_id: int, number: int) -> HttpResponse:
    """Show the changes of one published version."""
    page = get_public_page(int(page_id), request)
    own = reverse("pages:history", args=[page.pk])
    with translation.override(content_language(page)):
        outlined = read_outline(page)
        changed = compare_with_previous(page, outlined, int(number))
        entries = build_entries(page, outlined, [int(number)], Site.find_for_request(request))
        parent = FrameLink(_("Historial"), own)
        _extend_frame(
            request, page, _("Qué cambió"), "pages:history_change", page.pk, int(number), parent=parent
        )
        context = {"page": page, "history_url": own, "changed": changed, "entry": entries[0]}
    return mark_cacheable(render_view(request, "pages/history_change.html", context))


def _extend_frame(
    request: HttpRequest, page: BasePage, title: str, view: str, *args: int, parent: FrameLink | None = None
) -> None:
    """Set the frame of a view below ``page``: one URL, in the language of the content."""
    own = absolute_url(reverse(view, args=args))
    extend_frame(request, page, title, own, *([parent] if parent else []))


def _get_list_page(numbers: list[int], number: str) -> Any:
    try:
        return Paginator(numbers, PER_PAGE).page(number)
    except InvalidPage as error:
        raise Http404 from error


def _read_errata(page: BasePage) -> list[Any]:
    """Return the corrections of a report, newest first."""
    return list(page.errata.order_by("-date", "-pk")) if isinstance(page, ReportPage) else []


def _original_history_url(page: BasePage) -> str:
    """Return the history URL of the page that this one translates, if that is public."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return ""
    sources = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    source = filter_public(sources).values_list("pk", flat=True).first()
    return "" if source is None else reverse("pages:history", args=[source])


def get_public_page(page_id: int, request: HttpRequest) -> BasePage:
    """Return the specific page with this id if it is public now.

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
