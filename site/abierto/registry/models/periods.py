"""The administrations of a municipality that ended, and the pages that are theirs."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from abierto.text import VisibleTextModel

from .institutions import Municipality


class AdministrationPeriod(VisibleTextModel):
    """An administration that ended. Written by an act of the state, never by a form."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipio"), on_delete=models.PROTECT, related_name="periods"
    )
    name = models.CharField(_("nombre"), max_length=120)
    ended_on = models.DateField(_("último día"))

    class Meta:
        ordering = ["municipality", "-ended_on"]
        verbose_name = _("administración que terminó")
        verbose_name_plural = _("administraciones que terminaron")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "ended_on"], name="registry_period_ends_once"),
            models.UniqueConstraint(fields=["municipality", "name"], name="registry_period_named_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a period that ended before one that is known.

        Raises:
            ValidationError: on the last day.
        """
        super().clean()
        later = AdministrationPeriod.objects.filter(
            municipality=self.municipality_id, ended_on__gte=self.ended_on
        )
        if later.exclude(pk=self.pk).exists():
            raise ValidationError({"ended_on": _("Ya hay una administración que terminó ese día o después.")})


class ArchivedBranch(models.Model):
    """A page that with all below it is of an administration that ended; it stays public, with a notice."""

    wagtail_reference_index_ignore = True

    period = models.ForeignKey(
        AdministrationPeriod,
        verbose_name=_("administración"),
        on_delete=models.PROTECT,
        related_name="branches",
    )
    page = models.OneToOneField(
        Page, verbose_name=_("página"), on_delete=models.CASCADE, related_name="archived_branch"
    )

    class Meta:
        verbose_name = _("página de una administración que terminó")
        verbose_name_plural = _("páginas de administraciones que terminaron")

    def __str__(self) -> str:
        return f"{self.period}: {self.page}"
