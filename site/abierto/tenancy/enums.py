"""Choices of the spaces."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpaceKind(models.TextChoices):
    STATE = "state", _("Equipo estatal")
    INSTITUTION = "institution", _("Institución")
    MUNICIPALITY = "municipality", _("Municipio")
