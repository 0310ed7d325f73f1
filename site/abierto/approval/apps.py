"""Four eyes: what may be public, and who said so."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ApprovalConfig(AppConfig):
    """Four eyes: what may be public, and who said so."""

    name = "abierto.approval"
    label = "approval"
    verbose_name = _("Edición")

    def ready(self) -> None:
        """Start listening, and check that no page type of ours escapes."""
        from abierto.tenancy import provisioning  # noqa: PLC0415 - models exist only now

        from . import receivers  # noqa: PLC0415 - models exist only now
        from .checks import check_four_eyes  # noqa: PLC0415
        from .guard.triggers import installation  # noqa: PLC0415 - models exist only now
        from .models import TraceSettings  # noqa: PLC0415 - models exist only now

        provisioning.register_models(state_administrators=(TraceSettings,))
        receivers.connect()
        pre_migrate.connect(installation.make_way, sender=self, dispatch_uid="abierto.approval.make_way")
        post_migrate.connect(installation.install, sender=self, dispatch_uid="abierto.approval.install")
        checks.register(check_four_eyes, checks.Tags.models)
