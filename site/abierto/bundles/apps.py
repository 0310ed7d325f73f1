"""Release bundles: pages that are reviewed and published together."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BundlesConfig(AppConfig):
    """Release bundles: pages that are reviewed and published together."""

    name = "abierto.bundles"
    label = "bundles"
    verbose_name = _("Paquetes")
