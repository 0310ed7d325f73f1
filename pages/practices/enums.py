"""Choices of good practices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeTopic(models.TextChoices):
    """The topics by which the list of practices is filtered."""

    TRANSPARENCY = "transparency", _("Transparencia y rendición de cuentas")
    PARTICIPATION = "participation", _("Participación ciudadana")
    OPEN_DATA = "open_data", _("Datos abiertos y tecnología")
    JUSTICE = "justice", _("Justicia abierta")
    INCLUSION = "inclusion", _("Igualdad e inclusión")
    SERVICES = "services", _("Servicios y trámites")
    ENVIRONMENT = "environment", _("Medio ambiente y ciudad")
    HEALTH_EDUCATION = "health_education", _("Salud y educación")
    ECONOMY = "economy", _("Economía y empleo")
    OTHER = "other", _("Otro tema")
