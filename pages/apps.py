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

        from . import link_targets, public_cache  # noqa: PLC0415
        from .contexts import commitment, home, listings, plan, report, secretariat  # noqa: F401, PLC0415
        from .history.public_fields import check_public_fields  # noqa: PLC0415
        from .projection import receivers  # noqa: PLC0415

        receivers.connect()
        public_cache.connect()
        visibility.use_rules(pages=link_targets.public_page_ids, documents=link_targets.open_document_ids)
        checks.register(check_public_fields, checks.Tags.models)
