"""Health checks, integrity checks and demo-account safety."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "abierto.operations"
    label = "operations"
    verbose_name = _("Operación")

    def ready(self) -> None:
        from .demo_accounts import check_demo_accounts  # noqa: PLC0415 (needs the models)
        from .older_database import check_older_database  # noqa: PLC0415 (same)

        register(check_older_database, Tags.database)
        register(check_demo_accounts, Tags.security, deploy=True)
