"""Choices of the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstitutionKind(models.TextChoices):
    EXECUTIVE = "executive", _("Poder Ejecutivo")
    LEGISLATIVE = "legislative", _("Poder Legislativo")
    JUDICIAL = "judicial", _("Poder Judicial")
    AUTONOMOUS = "autonomous", _("Organismo autónomo")
    TRIBUNAL = "tribunal", _("Tribunal")
    UNIVERSITY = "university", _("Universidad")
    CIVIL_SOCIETY = "civil_society", _("Sociedad civil")
    BUSINESS = "business", _("Sector empresarial")
    MUNICIPALITY = "municipality", _("Municipio")


class ContactKind(models.TextChoices):
    PHONE = "phone", _("Teléfono")
    EMAIL = "email", _("Correo")
    ADDRESS = "address", _("Domicilio")


class GovernmentLevel(models.TextChoices):
    """Level of government of a plan or secretariat."""

    STATE = "state", _("Estatal")
    MUNICIPAL = "municipal", _("Municipal")


class SeatRole(models.TextChoices):
    """Role of a person in a technical secretariat."""

    HOLDER = "holder", _("Titular")
    DEPUTY = "deputy", _("Suplente")
    FACILITATOR = "facilitator", _("Persona facilitadora")


class PriorityGroup(models.TextChoices):
    """The groups of priority attention: those that a case is about, or that took part."""

    WOMEN = "women", _("Mujeres")
    CHILDREN = "children", _("Niñas, niños y adolescentes")
    OLDER_PEOPLE = "older_people", _("Personas mayores")
    DISABILITY = "disability", _("Personas con discapacidad")
    INDIGENOUS = "indigenous", _("Pueblos indígenas")
    LGBT = "lgbt", _("Personas LGBTIQ+")
    MIGRANTS = "migrants", _("Personas migrantes")
    DEPRIVED_OF_LIBERTY = "deprived_of_liberty", _("Personas privadas de la libertad")
    WORKERS = "workers", _("Personas trabajadoras en situación vulnerable")
