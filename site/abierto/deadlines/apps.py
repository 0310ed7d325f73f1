"""The reporting calendar and its reminders."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    name = "abierto.deadlines"
    label = "deadlines"
    verbose_name = _("Plazos y avisos")
