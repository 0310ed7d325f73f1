"""Operation of the portal: worker, backups, health, metrics, logs, doctor, integrity checks."""

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class OperationsConfig(AppConfig):
    name = "abierto.operations"
    label = "operations"
    verbose_name = _("Operación")

    def ready(self) -> None:
        from .demo_accounts import check_demo_accounts  # noqa: PLC0415 (needs the models)
        from .new_database import check_older_database  # noqa: PLC0415 (same)
        from .worker import connect_without_worker  # noqa: PLC0415 (same)

        register(check_older_database, Tags.database)
        register(check_demo_accounts, Tags.security, deploy=True)
        if settings.ABIERTO_BACKUP_DIR:
            register_job(
                Job("backup", _("Respaldar la base y los archivos"), timedelta(hours=1), is_long=True)
            )
        connect_without_worker()
