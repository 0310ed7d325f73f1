"""The public page of the glossary."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.core.cache import mark_cacheable
from pages.core.frame import extend_view_frame
from pages.core.rendering import render_view

from .queries import defined_terms, group_by_letter


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """List the terms with their definitions, from A to Z."""
    extend_view_frame(request, _("Glosario"), reverse("pages:glossary"))
    context = {"letters": group_by_letter(defined_terms())}
    return mark_cacheable(render_view(request, "glossary/list.html", context))
