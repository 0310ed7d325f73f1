"""Keep the figures in step with what is public, inside the transaction that makes it so."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from wagtail.models import Locale, Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from pages.plans.axis import AxisPage
from pages.plans.commitment import CommitmentPage
from pages.plans.plan import PlanPage
from pages.reports.page import ReportPage
from pages.updates.page import ProgressUpdatePage

from .models import ProgressFigure
from .write import project

MEASURED = (PlanPage, AxisPage, CommitmentPage, ProgressUpdatePage, ReportPage)


def plan_of(page: Page) -> PlanPage | None:
    """Return the plan that ``page`` is or belongs to."""
    return PlanPage.objects.ancestor_of(page, inclusive=True).first()


def project_plan_of(instance: Page, **kwargs: Any) -> None:
    """Write the figures of the plan of ``instance`` anew; a translation carries no figures of its own."""
    if instance.locale_id == Locale.get_default().pk:
        plan = plan_of(instance)
        if plan is not None:
            project(plan)


def project_after_move(instance: Page, **kwargs: Any) -> None:
    """Write the figures anew after a commitment or an axis went elsewhere in its plan."""
    if isinstance(instance.specific, MEASURED):
        project_plan_of(instance.specific)


def project_after_delete(instance: Page, **kwargs: Any) -> None:
    """Write the figures anew without the page that is gone; without their plan they go too."""
    if isinstance(instance, PlanPage):
        ProgressFigure.objects.filter(plan_key=instance.translation_key).delete()
    else:
        project_plan_of(instance)


def connect() -> None:
    """Listen to everything that changes what is public."""
    for model in MEASURED:
        name = model.__name__
        page_published.connect(project_plan_of, sender=model, dispatch_uid=f"project-published-{name}")
        page_unpublished.connect(project_plan_of, sender=model, dispatch_uid=f"project-unpublished-{name}")
        post_delete.connect(project_after_delete, sender=model, dispatch_uid=f"project-deleted-{name}")
    post_page_move.connect(project_after_move, dispatch_uid="project-moved")
