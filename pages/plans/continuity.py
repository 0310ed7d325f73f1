"""«Viene de»: the plan or commitment that a plan or commitment continues."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.core.base import BasePage

FIELD = "continues"


def circle_errors(page: Any) -> dict[str, str]:
    """Return the error, by field, of a page that would continue itself, directly or through others."""
    seen, current = {page.pk}, page.continues
    while current is not None:
        if page.pk is not None and current.pk in seen:
            return {FIELD: _("Una página no viene de sí misma. Elige otra.")}
        seen.add(current.pk)
        current = current.continues
    return {}


def read_continued(page: Any, request: HttpRequest) -> tuple[BasePage, str, Page] | None:
    """Return the public page that ``page`` continues, in the active language, its address and its plan.

    No query for a page that continues none. The plan of a plan is the plan itself.
    """
    if getattr(page, f"{FIELD}_id") is None:
        return None
    same = Page.objects.filter(pk=getattr(page, f"{FIELD}_id")).values("translation_key")
    found: BasePage | None = (
        type(page).objects.public().in_active_language().filter(translation_key__in=same).first()
    )
    if found is None:
        return None
    plan = Page.objects.ancestor_of(found, inclusive=True).filter(planpage__isnull=False).get()
    return found, found.get_url(request) or "", plan
