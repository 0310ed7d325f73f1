"""Plain Spanish in the editor and on the command line."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LanguageConfig(AppConfig):
    name = "abierto.language"
    label = "language"
    verbose_name = _("Lenguaje claro")
