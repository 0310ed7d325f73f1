"""Translations of wagtail-localize, which are reviewed by their space."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "abierto.translations"
    label = "abierto_translations"
    verbose_name = _("Traducciones")

    def ready(self) -> None:
        """Connect receivers, register checks, and annotate public pages as stale or machine-translated."""
        from pages.core.routing import register_annotations  # noqa: PLC0415 (needs the models)

        from . import receivers  # noqa: F401, PLC0415 (needs the models)
        from .languages import check_languages, check_locales  # noqa: PLC0415 (needs the models)
        from .machine_text import machine_approved_subquery  # noqa: PLC0415 (needs the models)
        from .staleness import stale_since_subquery  # noqa: PLC0415 (needs the models)

        register(check_languages, Tags.translation)
        register(check_locales, Tags.database)
        register_annotations(
            stale_since=stale_since_subquery(), machine_approved_at=machine_approved_subquery()
        )
