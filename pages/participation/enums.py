"""Choices of calls, consultations, forums and co-creation tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    """The state of a call on a day, computed from its dates."""

    OPEN = "open", _("Abierta")
    UPCOMING = "upcoming", _("Por abrir")
    CLOSED = "closed", _("Cerrada")
    UNKNOWN = "unknown", _("Sin fechas")


class ForumKind(models.TextChoices):
    """The kinds of public meeting."""

    FORUM = "forum", _("Foro")
    TRAINING = "training", _("Capacitación")
    WORKSHOP = "workshop", _("Taller")
    TALK = "talk", _("Conversatorio o conferencia")


class ContributionOutcome(models.TextChoices):
    """What was done with a contribution."""

    ADOPTED = "adopted", _("Se incorporó")
    PARTLY = "partly", _("Se incorporó en parte")
    DECLINED = "declined", _("No se incorporó")
    PENDING = "pending", _("En estudio")
    UNKNOWN = "unknown", _("No lo dice el documento")
