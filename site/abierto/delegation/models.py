"""Delegations: the deputy who decides in an absent reviewer's place for a time."""

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from abierto.text import VisibleTextModel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_DAYS = 90


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations, which are ended and never deleted."""

    def in_force(self, moment: datetime.datetime | None = None) -> "DelegationQuerySet":
        """Return the delegations in force at ``moment``; today by default.

        Today, all three accounts must be active: the absent reviewer's, the deputy's and the grantor's.
        """
        at = moment or timezone.now()
        on = timezone.localdate(at)
        not_ended = models.Q(ended_at__isnull=True) | models.Q(ended_at__gt=at)
        held = self.filter(not_ended, starts__lte=on, ends__gte=on)
        if moment is not None:
            return held
        return held.filter(absent__is_active=True, deputy__is_active=True, granted_by__is_active=True)


def _person_key(label: "StrOrPromise") -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, related_name="+"
    )


class Delegation(VisibleTextModel):
    """A deputy decides for a reviewer for a time. The row is never deleted: it is the record."""

    absent = _person_key(_("quien estará ausente"))
    deputy = _person_key(_("quien decide en su lugar"))
    starts = models.DateField(_("desde"))
    ends = models.DateField(_("hasta"), help_text=_("Ese día todavía vale. Noventa días como mucho."))
    reason = models.CharField(_("motivo"), max_length=200, help_text=_("Por ejemplo: vacaciones."))
    granted_by = _person_key(_("quien delegó"))
    granted_at = models.DateTimeField(_("delegado"), default=timezone.now, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("quien la terminó"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    ended_at = models.DateTimeField(_("terminada"), null=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = _("delegación")
        verbose_name_plural = _("delegaciones")
        constraints = [
            models.CheckConstraint(condition=~Q(absent=models.F("deputy")), name="delegation_not_to_herself"),
            models.CheckConstraint(
                condition=~Q(granted_by=models.F("deputy")), name="delegation_not_by_the_deputy"
            ),
            models.CheckConstraint(condition=Q(ends__gte=models.F("starts")), name="delegation_ends_after"),
        ]

    def __str__(self) -> str:
        return f"{self.absent} → {self.deputy} ({self.starts} – {self.ends})"

    @property
    def state_label(self) -> str:
        """The status of the delegation today."""
        today = timezone.localdate()
        if self.ended_at is not None:
            return str(_("Terminada"))
        if self.ends < today:
            return str(_("Venció"))
        return str(_("Vigente") if self.starts <= today else _("Por empezar"))

    def clean(self) -> None:
        super().clean()
        if not (self.starts and self.ends):
            return
        if self.ends < self.starts:
            raise ValidationError({"ends": _("Termina antes de empezar. Corrige una de las dos fechas.")})
        if self.ends < timezone.localdate():
            raise ValidationError({"ends": _("Esa fecha ya pasó. Escribe una que esté por venir.")})
        if (self.ends - self.starts).days > LONGEST_DAYS:
            raise ValidationError({"ends": _("Se delega por noventa días como mucho. Elige menos.")})
