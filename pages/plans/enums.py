"""Choices of plans. The values of the rules are those of ``abierto.progress``."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    """The kinds of plan. A work plan promises lines of action and has no figures."""

    PAL = "pal", _("Plan de acción local (PAL)")
    PAM = "pam", _("Plan de acción municipal (PAM)")
    WORK_PLAN = "work_plan", _("Plan de trabajo")


class PlanLevel(models.TextChoices):
    """The level of government of a plan. A national plan is a proposal to all states."""

    STATE = "state", _("Estatal")
    MUNICIPAL = "municipal", _("Municipal")
    NATIONAL = "national", _("Nacional")


class PlanStatus(models.TextChoices):
    """The stages of a plan. After its last day it stays open until its final report concludes it."""

    IN_PROGRESS = "in_progress", _("En curso")
    ENDED = "ended", _("Plazo terminado")
    CONCLUDED = "concluded", _("Concluido")
    PROPOSAL = "proposal", _("Propuesta")


def find_plan_status(status: str, end: datetime.date | None, day: datetime.date) -> PlanStatus:
    """Return the status of a plan on ``day``: one in progress has ended once its last day is over."""
    if status == PlanStatus.IN_PROGRESS and end is not None and end < day:
        return PlanStatus.ENDED
    return PlanStatus(status)


class CommitmentOutcome(models.TextChoices):
    """How a commitment ended when its plan closed."""

    MET = "met", _("Cumplido")
    PARTLY = "partly", _("Cumplido en parte")
    UNMET = "unmet", _("No cumplido")
    RESCHEDULED = "rescheduled", _("Reprogramado")
    CANCELLED = "cancelled", _("Cancelado")


class RollUpRule(models.TextChoices):
    """The rules to compute the figure of a level from the figures below it."""

    CHILDREN = "children", _("Promedio de lo que cuelga de cada nivel")
    COMMITMENTS = "commitments", _("Promedio de todos los compromisos")
    ACTIONS = "actions", _("Promedio de todas las acciones")
    WEIGHTED = "weighted", _("Promedio ponderado por el peso de cada acción")


class CountsAs(models.TextChoices):
    """How a part without a percentage counts in a mean."""

    ZERO = "zero", _("Cuenta como 0 %")
    LEFT_OUT = "left_out", _("Queda fuera de la cuenta")


class PartyRole(models.TextChoices):
    """The roles of an institution in a commitment."""

    RESPONSIBLE = "responsible", _("Responsable")
    COCREATING = "cocreating", _("Cocreadora")
