"""Render the public views that are not pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from .formatting import join_percent_signs


def render_view(request: HttpRequest, template: str, context: Mapping[str, Any]) -> TemplateResponse:
    """Return the rendered response, with each percent sign joined to its number as on pages."""
    response = TemplateResponse(request, template, dict(context))
    response.render()
    response.content = join_percent_signs(response.content)
    return response
