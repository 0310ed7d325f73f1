"""Translations of wagtail-localize under the review of their space."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "abierto.translations"
    label = "abierto_translations"
    verbose_name = _("Traducciones")

    def ready(self) -> None:
        """Connect the receiver of publications, and say of each public page since when it is stale."""
        from pages.core.routing import register_annotations  # noqa: PLC0415 (needs the models)

        from . import receivers  # noqa: F401, PLC0415 (needs the models)
        from .staleness import stale_since_subquery  # noqa: PLC0415 (needs the models)

        register_annotations(stale_since=stale_since_subquery())
