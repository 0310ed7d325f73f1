"""Closed lists of the plans. The values of the rules are those of ``abierto.progress``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    """The kinds of plan. A work plan promises lines of action and has no figures."""

    PAL = "pal", _("Plan de acción local (PAL)")
    PAM = "pam", _("Plan de acción municipal (PAM)")
    WORK_PLAN = "work_plan", _("Plan de trabajo")


class PlanStatus(models.TextChoices):
    """The stages of a plan."""

    IN_PROGRESS = "in_progress", _("En curso")
    CONCLUDED = "concluded", _("Concluido")


class RollUpRule(models.TextChoices):
    """The rules to compute the figure of a level from the figures below it."""

    CHILDREN = "children", _("Promedio de lo que cuelga de cada nivel")
    COMMITMENTS = "commitments", _("Promedio de todos los compromisos")
    ACTIONS = "actions", _("Promedio de todas las acciones")
    WEIGHTED = "weighted", _("Promedio ponderado por el peso de cada acción")


class CountsAs(models.TextChoices):
    """The values of a part without a percentage in a mean."""

    ZERO = "zero", _("Cuenta como 0 %")
    LEFT_OUT = "left_out", _("Queda fuera de la cuenta")


class PartyRole(models.TextChoices):
    """The roles of an institution in a commitment."""

    RESPONSIBLE = "responsible", _("Responsable")
    COCREATING = "cocreating", _("Cocreadora")
