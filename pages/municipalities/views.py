"""The style sheet of a microsite."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .colors import build_palette, validate_accent_color, validate_band_color

YEAR = 365 * 24 * 60 * 60


@require_safe
def colors(request: HttpRequest, band: str, accent: str) -> HttpResponse:
    """Return the style sheet of two colours; both are in its address, so it can be cached for a year."""
    try:
        validate_band_color(f"#{band}")
        validate_accent_color(f"#{accent}")
    except ValidationError as error:
        raise Http404 from error
    palette = build_palette(f"#{band}", f"#{accent}")
    response = HttpResponse(
        render_to_string("municipalities/colors.css", {"palette": palette}),
        content_type="text/css; charset=utf-8",
    )
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
