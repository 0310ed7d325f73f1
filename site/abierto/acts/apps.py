"""Acts of the state on a whole space or institution, which one person proposes and another confirms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActsConfig(AppConfig):
    name = "abierto.acts"
    label = "acts"
    verbose_name = _("Actos del Estado")
