"""The app configuration of the StreamField blocks; the app has no models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocksConfig(AppConfig):
    """The StreamField blocks that every page type may use."""

    name = "blocks"
    label = "blocks"
    verbose_name = _("Bloques de contenido")
