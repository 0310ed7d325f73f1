"""Base of registry rows with drafts and review."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel
from modelsearch import index
from wagtail.models import DraftStateMixin, RevisionMixin, Workflow, WorkflowMixin

from abierto.approval.mixins import FourEyesMixin, FourEyesQuerySet
from abierto.approval.notifications import state_space
from abierto.tenancy.models import SpaceOwned

from .base import ValidDuringQuerySet


class ReviewedQuerySet(FourEyesQuerySet, models.QuerySet[Any]):
    """Queryset whose bulk writes cannot change public content."""

    def public(self) -> Self:
        return self.filter(live=True)


class DatedQuerySet(ReviewedQuerySet, ValidDuringQuerySet):  # type: ignore[override] # as_manager differs
    """``ReviewedQuerySet`` for rows with validity dates."""


class ReviewedRow(
    index.Indexed, FourEyesMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, SpaceOwned, ClusterableModel
):
    """A row with drafts, reviewed by its space; public pages show it while it is public."""

    class Meta:
        abstract = True

    @property
    def status_string(self) -> str:
        """Return the status label; rows are never scheduled, so this saves Wagtail's query per row."""
        if self.live:
            return _("público, con cambios") if self.has_unpublished_changes else _("público")
        return _("retirado") if self.last_published_at else _("borrador")

    def save_draft(self, user: Any, *, clean: bool = True) -> None:
        """Save a row as a draft of ``user``; one that is not public is saved on its row too.

        Its form does the same. Without ``clean`` its content is not validated: the review does.
        """
        is_new = self.pk is None
        if is_new:
            self.live = False
        if not self.live:
            if clean:
                self.full_clean()
            self.save()
        self.save_revision(user=user, log_action="wagtail.create" if is_new else True, clean=clean)

    def get_workflow(self) -> Workflow | None:
        """Return the workflow of its space; for rows without a space, of the state team."""
        space = self.space or state_space()
        return space.workflow if space else None
