"""Translations of wagtail-localize under the review of their space."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "abierto.translations"
    label = "abierto_translations"
    verbose_name = _("Traducciones")

    def ready(self) -> None:
        """Connect the receiver that takes a published source to its translations."""
        from . import receivers  # noqa: F401, PLC0415 (needs the models)
