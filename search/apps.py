"""The public search: one question in plain Spanish over everything the portal has published."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The public search."""

    name = "search"
    label = "search"
    verbose_name = _("Búsqueda")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Describe the page types, listen to the pages, and check that none is forgotten."""
        # Models exist only now: these modules cannot be imported at the top.
        from abierto.tenancy import provisioning  # noqa: PLC0415
        from search.checks import every_page_type_is_declared  # noqa: PLC0415

        from .analytics.receivers import connect as connect_learning  # noqa: PLC0415
        from .indexing import descriptions  # noqa: F401, PLC0415
        from .indexing.receivers import connect  # noqa: PLC0415
        from .indexing.registry_receivers import connect as connect_registry  # noqa: PLC0415
        from .models import PromotedResult  # noqa: PLC0415

        provisioning.register_models(own=(PromotedResult,))
        connect()
        connect_learning()
        connect_registry()
        register(every_page_type_is_declared)
