"""The app of the blocks, for Django's discovery; it has no models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocksConfig(AppConfig):
    """Pieces of content that every page type may use."""

    name = "blocks"
    label = "blocks"
    verbose_name = _("Bloques de contenido")
