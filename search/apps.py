"""The public search over everything that the portal has published."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Búsqueda")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers and register the check of the page types."""
        # Models exist only now: these modules cannot be imported at the top.
        from abierto.tenancy import provisioning  # noqa: PLC0415
        from search.checks import check_page_types  # noqa: PLC0415

        from .admin_index import connect as connect_admin_index  # noqa: PLC0415
        from .analytics.receivers import connect as connect_analytics  # noqa: PLC0415
        from .engines import ELASTICSEARCH, elasticsearch_class  # noqa: PLC0415
        from .indexing.receivers import connect  # noqa: PLC0415
        from .indexing.registry_receivers import connect as connect_registry  # noqa: PLC0415
        from .models import PromotedResult  # noqa: PLC0415

        if settings.ABIERTO_SEARCH_ENGINE == ELASTICSEARCH:
            elasticsearch_class()  # before a server forks, and not with its first request
        provisioning.register_models(own=(PromotedResult,))
        connect()
        connect_admin_index()
        connect_analytics()
        connect_registry()
        register(check_page_types)
        register_job(
            Job("search sync", _("Reparar las diferencias del buscador"), timedelta(days=1), is_long=True)
        )
        register_job(
            Job("search tidy", _("Borrar las preguntas de hace más de noventa días"), timedelta(days=1))
        )
