"""The titles of HTML documents, which identify a page without its breadcrumbs."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage

from .formatting import short_plan_name


def write_document_title(page: Page, plan: PlanPage | None = None, commitment: str = "") -> str:
    """Return the title of ``page`` with its code, and with what it is a part of.

    For example «Eje 2. Parlamento Abierto · Plan 2022–2024». ``commitment`` is the code of the one above.
    """
    title = str(page.seo_title or page.title)
    if isinstance(page, AxisPage):
        title = (_("Eje %(code)s") % {"code": page.code} if page.code.isdigit() else page.code) + f". {title}"
    elif isinstance(page, CommitmentPage):
        title = f"{page.code} {title}"
    elif commitment:
        title = f"{commitment} {title}"
    if plan is None or plan.pk == page.pk:
        return title
    return f"{title} · {short_plan_name(plan.title, is_work_plan=not plan.measures_progress)}"
