"""Release bundles: pages that are reviewed and published together."""

from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BundlesConfig(AppConfig):
    """Release bundles: pages that are reviewed and published together."""

    name = "abierto.bundles"
    label = "bundles"
    verbose_name = _("Paquetes")

    def ready(self) -> None:
        """Exclude reviews whose decision waits for the rest of the bundle from the reminders."""
        from abierto.deadlines import reminders  # noqa: PLC0415 (needs the models)

        reminders.UNDECIDED.append(Q(bundle_decision__isnull=True))
