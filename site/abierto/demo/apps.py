"""Demo content of Guanajuato."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "abierto.demo"
    label = "demo"
    verbose_name = _("Contenido de Guanajuato")
