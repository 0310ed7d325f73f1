"""The queue of the worker and the periodic jobs."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .registry import Job, register_job


class JobsConfig(AppConfig):
    name = "abierto.jobs"
    label = "jobs"
    verbose_name = _("Trabajos")

    def ready(self) -> None:
        """Delete the old rows of the queue once a day."""
        command = "prune_db_task_results --backend worker --queue-name *"
        register_job(Job(command, _("Borrar de la cola lo terminado hace dos semanas"), timedelta(days=1)))
