"""«Viene de»: the plan or commitment that a plan or commitment continues."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.core.base import BasePage
from pages.core.circles import has_circle

FIELD = "continues"


def circle_errors(page: Any) -> dict[str, str]:
    """Return the error, by field, of a page that would continue itself, directly or through others."""
    column = f"{FIELD}_id"

    def find_continued(key: int) -> int | None:
        found: int | None = type(page).objects.filter(pk=key).values_list(column, flat=True).first()
        return found

    if not has_circle(page.pk, getattr(page, column), find_continued):
        return {}
    return {FIELD: _("Una página no viene de sí misma. Elige otra.")}


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
