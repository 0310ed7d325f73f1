"""Choices of sessions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionKind(models.TextChoices):
    """The kinds of session: planned or extraordinary."""

    ORDINARY = "ordinary", _("Ordinaria")
    EXTRAORDINARY = "extraordinary", _("Extraordinaria")


class Attended(models.TextChoices):
    """The attendance of an institution's seat."""

    HOLDER = "holder", _("Asistió su titular")
    DEPUTY = "deputy", _("Asistió su suplente")
    ABSENT = "absent", _("No asistió")


class AgreementState(models.TextChoices):
    """The state of an agreement on a day, computed from its dates."""

    OPEN = "abierto", _("Abierto")
    LATE = "vencido", _("Vencido")
    DONE = "cumplido", _("Cumplido")
