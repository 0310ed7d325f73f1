"""The app of the public pages."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Páginas")

    def ready(self) -> None:
        """Connect the signal receivers and register the checks."""
        from blocks import visibility  # noqa: PLC0415

        from .core import cache, link_targets  # noqa: PLC0415
        from .figures.projection import receivers  # noqa: PLC0415
        from .history.checks import check_page_types  # noqa: PLC0415
        from .municipalities import space_tree  # noqa: PLC0415
        from .plans import receivers as plan_receivers  # noqa: PLC0415

        receivers.connect()
        plan_receivers.connect()
        space_tree.register()
        cache.connect()
        visibility.set_rules(pages=link_targets.public_page_ids, documents=link_targets.open_document_ids)
        checks.register(check_page_types, checks.Tags.models)
