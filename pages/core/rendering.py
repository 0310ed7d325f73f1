"""Render public views that are no pages as pages are: a percent sign never begins a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from .formatting import join_percent_signs


def render_view(request: HttpRequest, template: str, context: Mapping[str, Any]) -> TemplateResponse:
    """Return the rendered response."""
    response = TemplateResponse(request, template, dict(context))
    response.render()
    response.content = join_percent_signs(response.content)
    return response
