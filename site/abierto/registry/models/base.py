"""Base of rows that are valid between two dates."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ValidDuring(models.Model):
    """A row valid between two dates, both included; null means «still valid» or «unknown»."""

    valid_from = models.DateField(_("desde"), null=True, blank=True)
    valid_until = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError(
                {"valid_until": _("La fecha final es anterior a la inicial. Corrige una de las dos.")}
            )

    def is_valid_on(self, day: datetime.date) -> bool:
        """Check the validity on ``day``; both ends count."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class ValidDuringQuerySet(models.QuerySet[Any]):
    def valid_on(self, day: datetime.date) -> "ValidDuringQuerySet":
        """Return the rows valid on ``day``."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )
