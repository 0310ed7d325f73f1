"""The Sustainable Development Goals: a closed list of 17 goals and 169 targets (A/RES/70/1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SDGGoal(models.Model):
    """One of the 17 goals."""

    number = models.PositiveSmallIntegerField(_("número"), primary_key=True)
    title = models.CharField(_("título"), max_length=120)

    class Meta:
        ordering = ["number"]
        verbose_name = _("objetivo de desarrollo sostenible")
        verbose_name_plural = _("objetivos de desarrollo sostenible")

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class SDGTarget(models.Model):
    """One of the 169 targets, such as 16.6 or 5.b."""

    code = models.CharField(_("clave"), max_length=5, primary_key=True)
    goal = models.ForeignKey(
        SDGGoal, verbose_name=_("objetivo"), on_delete=models.PROTECT, related_name="targets"
    )
    title = models.CharField(_("título"), max_length=160)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)

    class Meta:
        ordering = ["goal_id", "order"]
        verbose_name = _("meta de los ODS")
        verbose_name_plural = _("metas de los ODS")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
