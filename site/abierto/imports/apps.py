"""The app of the importer."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Spreadsheets that become drafts."""

    name = "abierto.imports"
    label = "imports"
    verbose_name = _("Importaciones")
