"""The blocks as an app, so that Django finds what belongs to them; there are no models here."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocksConfig(AppConfig):
    """Pieces of content that every page type may use."""

    name = "blocks"
    label = "blocks"
    verbose_name = _("Bloques de contenido")
