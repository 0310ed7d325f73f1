"""The page types."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """The page types."""

    name = "pages"
    verbose_name = _("Páginas")

    def ready(self) -> None:
        """Listen to publishing and learn what each page shows, once every model is there."""
        from blocks import visibility  # noqa: PLC0415

        from .core import cache as public_cache
        from .core import link_targets  # noqa: PLC0415
        from .figures.projection import receivers  # noqa: PLC0415
        from .history.checks import check_public_fields  # noqa: PLC0415
        from .home import context as home
        from .plans import commitment_context as commitment
        from .plans import context as plan
        from .plans import listings
        from .reports import context as report
        from .secretariats import context as secretariat  # noqa: F401, PLC0415

        receivers.connect()
        public_cache.connect()
        visibility.use_rules(pages=link_targets.public_page_ids, documents=link_targets.open_document_ids)
        checks.register(check_public_fields, checks.Tags.models)
