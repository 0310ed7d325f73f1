"""Closed lists of the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstitutionKind(models.TextChoices):
    """What sort of body an institution is."""

    EXECUTIVE = "executive", _("Poder Ejecutivo")
    LEGISLATIVE = "legislative", _("Poder Legislativo")
    JUDICIAL = "judicial", _("Poder Judicial")
    AUTONOMOUS = "autonomous", _("Organismo autónomo")
    TRIBUNAL = "tribunal", _("Tribunal")
    UNIVERSITY = "university", _("Universidad")
    CIVIL_SOCIETY = "civil_society", _("Sociedad civil")
    BUSINESS = "business", _("Sector empresarial")
    MUNICIPALITY = "municipality", _("Municipio")


class GovernmentLevel(models.TextChoices):
    """Which government a plan or a secretariat belongs to."""

    STATE = "state", _("Estatal")
    MUNICIPAL = "municipal", _("Municipal")


class SeatRole(models.TextChoices):
    """How a person sits in a technical secretariat."""

    HOLDER = "holder", _("Titular")
    DEPUTY = "deputy", _("Suplente")
    FACILITATOR = "facilitator", _("Persona facilitadora")
