"""Update the stored figures in the transaction that changes public content."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from abierto.tenancy.tree_paths import branch_paths
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage
from pages.reports.models import ReportPage
from pages.updates.models import ProgressUpdatePage

from .store import project_plan

MEASURED = (PlanPage, AxisPage, CommitmentPage, ProgressUpdatePage, ReportPage)
FORMER_PAGE = "_abierto_former_page"
"""Attribute of a restriction being saved: the page that it restricted until now."""
WAS_LIVE = "_abierto_was_live"
"""Attribute of a page being saved as not live: whether it is live in the database."""


def find_affected_plans(page: Page) -> list[PlanPage]:
    """Return the plans in the language of ``page`` above it, or at and below it."""
    above = Q(path__in=branch_paths(page.path))
    return list(PlanPage.objects.filter(above | Q(path__startswith=page.path), locale=page.locale_id))


def project_affected_plans(instance: Page, **kwargs: Any) -> None:
    """Project again the plans above and below ``instance``; translations have no figures of their own."""
    if instance.locale_id == Locale.get_default().pk:
        for plan in find_affected_plans(instance):
            project_plan(plan)


def note_live_page(
    sender: type[models.Model], instance: models.Model, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    """Record whether a page that is about to be saved as not live is live in the database."""
    if not isinstance(instance, Page) or instance.pk is None or instance.live:
        return
    if update_fields is None or "live" in update_fields:
        setattr(instance, WAS_LIVE, Page.objects.filter(pk=instance.pk, live=True).exists())


def project_after_save(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Project again after a plain ``save()`` that unpublished a page: Wagtail sends no signal for it."""
    if isinstance(instance, Page) and instance.__dict__.pop(WAS_LIVE, False):
        project_affected_plans(instance)


def project_after_move(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """Project again the plans around the new place of a page and, if its parent changed, the old one."""
    project_affected_plans(instance)
    before = kwargs.get("parent_page_before")
    if before is not None and url_path_before != url_path_after:
        project_affected_plans(before)


def project_after_delete(instance: Page, **kwargs: Any) -> None:
    """Recompute the figures without the deleted page; those of a deleted plan are deleted."""
    if isinstance(instance, PlanPage):
        ProgressFigure.objects.filter(plan_key=instance.translation_key).delete()
    else:
        project_affected_plans(instance)


def note_former_page(instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """Record which page a restriction closes before it is saved: saving may assign it to another page."""
    former = PageViewRestriction.objects.filter(pk=instance.pk).select_related("page").first()
    setattr(instance, FORMER_PAGE, former.page if former else None)


def list_restricted_pages(instance: PageViewRestriction) -> list[Page]:
    """Return the page of a saved or deleted restriction, and its former page if that changed."""
    former: Page | None = instance.__dict__.get(FORMER_PAGE)
    return [instance.page] if former in (None, instance.page) else [instance.page, former]


def project_after_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Project again after a view restriction was added to a page or removed."""
    origin = kwargs.get("origin", instance)
    if (origin.model if isinstance(origin, models.QuerySet) else type(origin)) is not PageViewRestriction:
        return  # the page itself is being deleted, which is followed too
    for page in list_restricted_pages(instance):
        project_affected_plans(page)


def connect() -> None:
    """Connect the signals of everything that changes public content."""
    for signal in (page_published, page_unpublished):
        signal.connect(project_affected_plans, dispatch_uid=f"project-{id(signal)}")
    for model in MEASURED:
        post_delete.connect(
            project_after_delete, sender=model, dispatch_uid=f"project-deleted-{model.__name__}"
        )
    pre_save.connect(note_live_page, dispatch_uid="project-was-live")
    post_save.connect(project_after_save, dispatch_uid="project-saved")
    post_page_move.connect(project_after_move, dispatch_uid="project-moved")
    pre_save.connect(note_former_page, sender=PageViewRestriction, dispatch_uid="project-former-page")
    for signal in (post_save, post_delete):
        signal.connect(
            project_after_restriction, sender=PageViewRestriction, dispatch_uid=f"project-closed-{id(signal)}"
        )
