"""The board of the municipalities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "abierto.board"
    label = "board"
    verbose_name = _("Tablero de los municipios")
