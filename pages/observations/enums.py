"""Choices of observations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClosingOutcome(models.TextChoices):
    """How the guarantor closed an observation."""

    RESOLVED = "resolved", _("Se atendió")
    PARTIAL = "partial", _("Se atendió en parte")
    UNRESOLVED = "unresolved", _("No se atendió")


class ObservationState(models.TextChoices):
    """The state of an observation on a day; computed, never stored."""

    OPEN = "open", _("Espera respuesta")
    LATE = "late", _("Sin respuesta y fuera de plazo")
    ANSWERED = "answered", _("Respondida")
    CLOSED = "closed", _("Cerrada")
