"""The four-eyes rule: public content needs the approval of a second person."""

from datetime import timedelta

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class ApprovalConfig(AppConfig):
    name = "abierto.approval"
    label = "approval"
    verbose_name = _("Edición")

    def ready(self) -> None:
        """Connect the receivers and check that every page type of the project is guarded."""
        from abierto.media import access  # noqa: PLC0415 - models exist only now
        from abierto.tenancy import provisioning  # noqa: PLC0415 - models exist only now

        from . import receivers  # noqa: PLC0415 - models exist only now
        from .checks import check_four_eyes  # noqa: PLC0415
        from .guard.triggers import installation  # noqa: PLC0415 - models exist only now
        from .models import TraceSettings  # noqa: PLC0415 - models exist only now
        from .review.sharing import is_file_under_shared_review  # noqa: PLC0415

        provisioning.register_models(state_administrators=(TraceSettings,))
        access.EXTRA_FILE_RULES.append(is_file_under_shared_review)
        receivers.connect()
        pre_migrate.connect(
            installation.drop_before_migrate, sender=self, dispatch_uid="abierto.approval.drop_triggers"
        )
        post_migrate.connect(
            installation.install_triggers, sender=self, dispatch_uid="abierto.approval.install"
        )
        checks.register(check_four_eyes, checks.Tags.models)
        register_job(
            Job("publish_scheduled", _("Publicar y retirar lo que tiene fecha"), timedelta(minutes=1))
        )
