"""The desk of a tribunal: what its rulings lack, bulk loads and monthly counts."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class RulingDeskConfig(AppConfig):
    name = "abierto.ruling_desk"
    label = "ruling_desk"
    verbose_name = _("Mesa de sentencias")

    def ready(self) -> None:
        """Connect the receivers of list paths, and register the job that checks and loads batches."""
        from .list_paths import connect_receivers  # noqa: PLC0415

        connect_receivers()
        register_job(
            Job(
                "load_rulings",
                _("Revisar y cargar los lotes de sentencias"),
                timedelta(minutes=10),
                is_long=True,
            )
        )
