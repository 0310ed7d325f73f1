"""Keeping the portal healthy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Keeping the portal healthy."""

    name = "abierto.operations"
    label = "operations"
    verbose_name = _("Operación")
