"""Institutions, people, seats, municipalities, goals and words."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Institutions, people, seats, municipalities, goals and words."""

    name = "abierto.registry"
    label = "registry"
    verbose_name = _("Registro")
