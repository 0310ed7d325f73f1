"""The public list of institutions, and the page of one institution."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from abierto.registry.models import Institution
from pages.core.cache import mark_cacheable
from pages.core.frame import FrameLink, extend_view_frame
from pages.core.rendering import render_view
from pages.core.structured_data import describe_institution

from .queries import group_by_plan, institution_url, list_institutions, read_commitments, read_people


@require_safe
def institution_list(request: HttpRequest) -> HttpResponse:
    """List the public institutions."""
    extend_view_frame(request, _("Instituciones"), reverse("pages:institutions"))
    context = {"institutions": list_institutions()}
    return mark_cacheable(render_view(request, "institutions/list.html", context))


@require_safe
def institution(request: HttpRequest, institution_id: int, slug: str) -> HttpResponse:
    """Show an institution with its commitments, its people by post and its contact data."""
    rows = Institution.objects.public().select_related("successor")
    found = rows.filter(pk=institution_id).first()
    if found is None:
        raise Http404
    address = institution_url(found)
    if request.path != address:
        return redirect(address, permanent=False)
    commitments = read_commitments(found)
    above = FrameLink(_("Instituciones"), reverse("pages:institutions"))
    extend_view_frame(request, found.short_name, address, above)
    context = {
        "institution": found,
        "successor": found.successor if found.successor and found.successor.live else None,
        "predecessors": list(Institution.objects.public().filter(successor=found)),
        "plans": group_by_plan(commitments, request),
        "commitment_count": len(commitments),
        "people": read_people(found, commitments),
        "structured": describe_institution(found, address),
    }
    return mark_cacheable(render_view(request, "institutions/detail.html", context))
