"""The spaces of institutions and municipalities, as the state team makes them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "abierto.spaces"
    label = "spaces"
    verbose_name = _("Espacios")
