"""The public list of the agreements of all secretariats."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.core.cache import mark_cacheable
from pages.core.frame import extend_view_frame
from pages.core.pager import build_list_pager, get_list_page, is_filtered
from pages.core.rendering import render_view

from .context import describe_agreements
from .filters import AgreementFilter
from .inlines import Agreement
from .querysets import public_agreements, read_secretariats

PER_PAGE = 50


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """List the agreements of all public sessions, those due first on top."""
    url = reverse("pages:agreements")
    extend_view_frame(request, _("Acuerdos"), url)
    filters, rows = filter_agreements(request)
    listed = get_list_page(request, rows.select_related("responsible", "page__locale"), PER_PAGE)
    context = {
        "filters": filters,
        "is_filtered": is_filtered(filters),
        "listed": listed,
        "rows": describe_agreements(listed.object_list, timezone.localdate(), request),
        "pager": build_list_pager(request, listed),
        "clear_url": url,
    }
    return mark_cacheable(render_view(request, "secretariats/agreements.html", context))


def filter_agreements(request: HttpRequest) -> tuple[AgreementFilter, QuerySet[Agreement]]:
    """Return the filters of the list and the agreements that pass them, those due first on top."""
    filters = AgreementFilter(
        request.GET or None, queryset=public_agreements(), secretariats=read_secretariats()
    )
    order = (F("done_on").asc(nulls_first=True), F("due").asc(nulls_last=True), "-page__starts_at")
    return filters, filters.qs.order_by(*order, "page__path", "sort_order", "pk")
