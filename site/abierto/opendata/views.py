"""Views of the page «Datos abiertos», the data dictionary, the catalogue and the archive."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from abierto.addresses import absolute_url
from abierto.portal import portal_of
from pages.core.cache import mark_cacheable
from pages.core.frame import FrameLink, extend_view_frame
from pages.core.rendering import render_view

from . import licence
from .api.views import list_url
from .archive import NAME, find_archive
from .catalogue import build_graph, describe_data_catalogue
from .fields import in_active_language, translate_text
from .registry import RESOURCES
from .resource import Resource

CATALOGUE_FORMATS = {
    "ttl": ("turtle", "text/turtle; charset=utf-8"),
    "jsonld": ("json-ld", "application/ld+json"),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the resources, files and addresses of the open data, and the licence."""
    extend_view_frame(request, _("Datos abiertos"), reverse("opendata_pages:index"))
    archive = find_archive()
    context = {
        "resources": [(_describe(resource), list_url(resource)) for resource in RESOURCES.values()],
        "licence": licence,
        "archive": archive if archive is not None and archive.may_be_served() else None,
        "api_url": absolute_url(reverse("api:api-root")),
        "structured": describe_data_catalogue(portal_of(request).name),
    }
    # Not cached: a new archive does not bump the public version.
    return render_view(request, "opendata/index.html", context)


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """Show the fields of every resource with their meaning, unit and source."""
    above = FrameLink(_("Datos abiertos"), reverse("opendata_pages:index"))
    extend_view_frame(request, _("Diccionario de datos"), reverse("opendata_pages:dictionary"), above)
    resources = [
        _describe(resource)
        | {"fields": [(in_active_language(field), _(field.kind.label)) for field in resource.fields]}
        for resource in RESOURCES.values()
    ]
    return mark_cacheable(render_view(request, "opendata/dictionary.html", {"resources": resources}))


def _describe(resource: Resource) -> dict[str, Any]:
    """Return the translated texts of a resource for the templates."""
    return {
        "slug": resource.slug,
        "name": resource.name,
        "title": translate_text(resource.title),
        "description": translate_text(resource.description),
    }


@require_safe
def catalogue(request: HttpRequest, catalogue_format: str) -> HttpResponse:
    """Return the catalogue as DCAT-AP in Turtle or JSON-LD."""
    name, content_type = CATALOGUE_FORMATS[catalogue_format]
    text = build_graph(portal_of(request).name).serialize(format=name)
    response = HttpResponse(text, content_type=content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return mark_cacheable(response)


@require_safe
def archive(request: HttpRequest) -> HttpResponseBase:
    """Return the archive; 503 while it contains content that was withdrawn since.

    Raises:
        Http404: before the first archive was built.
    """
    found = find_archive()
    if found is None:
        raise Http404
    if not found.may_be_served():
        sentence = _("El ZIP se está armando de nuevo. Vuelve a bajarlo más tarde.")
        return HttpResponse(
            sentence, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "600"}
        )
    response = FileResponse(found.path.open("rb"), as_attachment=True, filename=NAME)
    response.headers["Last-Modified"] = http_date(found.built_at.timestamp())
    response.headers["Cache-Control"] = "no-cache"
    return response
