"""Rows that speak in public: drafts until somebody else has approved them."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, RevisionMixin, Workflow, WorkflowMixin

from abierto.approval.mixins import FourEyesMixin, FourEyesQuerySet
from abierto.approval.notifications import state_space
from abierto.tenancy.models import SpaceOwned

from .base import ValidDuringQuerySet


class ReviewedQuerySet(FourEyesQuerySet, models.QuerySet[Any]):
    """Rows whose bulk writes cannot change what is public."""

    def public(self) -> Self:
        """Return the rows that anybody may read."""
        return self.filter(live=True)


class DatedQuerySet(ReviewedQuerySet, ValidDuringQuerySet):  # type: ignore[override] # as_manager differs
    """The same, of rows that can be asked for a day."""


class ReviewedRow(FourEyesMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, SpaceOwned, ClusterableModel):
    """A row with drafts, reviewed by its space; pages that name it show it while it is public."""

    class Meta:
        abstract = True

    @property
    def status_string(self) -> str:
        """Say where the row stands. It has no date to go public: Wagtail would ask for one of each row."""
        if self.live:
            return _("público, con cambios") if self.has_unpublished_changes else _("público")
        return _("retirado") if self.last_published_at else _("borrador")

    def get_workflow(self) -> Workflow | None:
        """Return the review of its space; of what belongs to no space, the state team's."""
        space = self.space or state_space()
        return space.workflow if space else None
