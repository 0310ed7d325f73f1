"""The reporting calendar and its reminders."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class DeadlinesConfig(AppConfig):
    name = "abierto.deadlines"
    label = "deadlines"
    verbose_name = _("Plazos y avisos")

    def ready(self) -> None:
        """Let the administrators of the state team set the deadlines."""
        from abierto.tenancy import provisioning  # noqa: PLC0415 (models exist only now)

        from .models import DeadlineSettings  # noqa: PLC0415 (same)

        provisioning.register_models(state_administrators=(DeadlineSettings,))
        register_job(Job("remind", _("Enviar los avisos y las cartas"), timedelta(hours=1)))
