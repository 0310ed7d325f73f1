"""Whose is what: spaces and their permissions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenancyConfig(AppConfig):
    """Whose is what: spaces and their permissions."""

    name = "abierto.tenancy"
    label = "tenancy"
    verbose_name = _("Espacios")
