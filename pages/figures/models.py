"""The live figures of every plan, one row per node, written on publication."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pages.core.inline import percent_field

from .fields import FigureFields


class FigureQuerySet(models.QuerySet["ProgressFigure"]):
    """Live figures, in the order of their plan."""

    def of_plan(self, key: UUID) -> FigureQuerySet:
        """Filter the figures of the plan with the translation key ``key``."""
        return self.filter(plan_key=key).order_by("order")

    def with_children(self, key: UUID) -> FigureQuerySet:
        """Filter the figure with this key and those right below it."""
        return self.filter(Q(key=key) | Q(parent_key=key)).order_by("order")

    def by_key(self, keys: Iterable[UUID] | None = None) -> dict[UUID, ProgressFigure]:
        """Return the figures by key, in their order; with ``keys``, only those. One query."""
        figures = self if keys is None else self.filter(key__in=list(keys))
        return {figure.key: figure for figure in figures}


class ProgressFigure(FigureFields):
    """The present figure of a plan, an axis, a commitment or an action, the same in every language."""

    is_translated = False

    plan_key = models.UUIDField(db_index=True)
    key = models.UUIDField(unique=True)
    order = models.PositiveIntegerField(default=0)
    declared = percent_field(_("declarado"))
    declared_on = models.DateField(_("declarado al"), null=True, blank=True)
    declared_counts = models.BooleanField(default=False)
    reported_on = models.DateField(_("último reporte al"), null=True, blank=True)
    means_count = models.PositiveSmallIntegerField(_("pruebas prometidas"), default=0)
    pending_count = models.PositiveSmallIntegerField(_("pruebas pendientes"), default=0)
    evidence_count = models.PositiveSmallIntegerField(_("pruebas publicadas"), default=0)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["plan_key", "order"]
        verbose_name = _("cifra")
        verbose_name_plural = _("cifras")
