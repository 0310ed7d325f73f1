"""Choices of roadmaps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepStatus(models.TextChoices):
    """The status of a step; «unknown» (no document states it) differs from «pending»."""

    UNKNOWN = "unknown", _("No consta")
    PENDING = "pending", _("Pendiente")
    UNDERWAY = "underway", _("En marcha")
    DONE = "done", _("Hecho")
    NOT_APPLICABLE = "not_applicable", _("No aplica")


class JointDeclaration(models.TextChoices):
    """The joint declarations that municipalities adhered to, by the day of their signature."""

    MARCH_2020 = "2020-03-12", _("La del 12 de marzo de 2020")
    OCTOBER_2022 = "2022-10-07", _("La del 7 de octubre de 2022")


class CheckOutcome(models.TextChoices):
    """The outcome of a check; «unknown» where no document states the facts."""

    MET = "met", _("Se cumple")
    FAILED = "failed", _("No se cumple")
    UNKNOWN = "unknown", _("No consta")
