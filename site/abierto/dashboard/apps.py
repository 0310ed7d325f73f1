"""The reviewer's queue, the editor's pending work and the e-mails about reviews."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    name = "abierto.dashboard"
    label = "dashboard"
    verbose_name = _("Trabajo pendiente")

    def ready(self) -> None:
        """Replace Wagtail's e-mails about reviews."""
        from . import notifications  # noqa: PLC0415 (needs the models)

        notifications.connect()
