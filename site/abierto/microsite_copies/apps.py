"""Copies of whole microsites as ZIP files."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MicrositeCopiesConfig(AppConfig):
    name = "abierto.microsite_copies"
    label = "microsite_copies"
    verbose_name = _("Copias de micrositios")
