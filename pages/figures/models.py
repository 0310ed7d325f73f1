"""The live figures of every plan, one row a node, written when something is published and never on read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.core.inline import percent_field

from .fields import FigureFields


class ProgressFigure(FigureFields):
    """The present figure of a plan, an axis, a commitment or an action, the same in every language."""

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

    class Meta:
        ordering = ["plan_key", "order"]
        verbose_name = _("cifra")
        verbose_name_plural = _("cifras")
