"""The context of the page of a joint declaration."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .models import DeclarationPage, SignatoryRole


def build_declaration_context(page: DeclarationPage, request: HttpRequest) -> dict[str, Any]:
    """Return who signed a declaration and who witnessed it."""
    signed = page.signatories.select_related("institution", "person").order_by("sort_order", "pk")
    rows = [row for row in signed if row.is_public]
    return {
        "signatories": [row for row in rows if row.role == SignatoryRole.SIGNATORY],
        "witnesses": [row for row in rows if row.role == SignatoryRole.WITNESS],
    }
