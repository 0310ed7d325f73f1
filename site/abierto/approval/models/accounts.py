"""The record of role grants and credential changes of accounts that may review."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from abierto.approval.ledger.links import Exported, export_account_act

from .append_only import AppendOnly, AppendOnlyQuerySet


class AccountEvent(models.TextChoices):
    """The kinds of acts on an account."""

    GRANTED = "granted", _("dio un papel")
    TAKEN = "taken", _("quitó un papel")
    KEY = "key", _("fijó la contraseña o el correo")


class AccountRecord(AppendOnly):
    """One act on one account. Plain numbers and names: a row outlives the accounts it names."""

    ledger = "accounts"

    event = models.CharField(_("qué pasó"), max_length=8, choices=AccountEvent)
    account_number = models.PositiveBigIntegerField(_("número de cuenta"))
    account_name = models.CharField(_("cuenta"), max_length=150)
    group_number = models.PositiveBigIntegerField(_("número de grupo"), null=True, blank=True)
    group_name = models.CharField(_("papel"), max_length=150, blank=True)
    by_number = models.PositiveBigIntegerField(_("número de quien lo hizo"), null=True, blank=True)
    by_name = models.CharField(_("quién lo hizo"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("fecha"), default=timezone.now, editable=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("registro de una cuenta")
        verbose_name_plural = _("registro de las cuentas")
        indexes = [models.Index(fields=["account_number", "event", "-id"], name="approval_account_record")]

    def __str__(self) -> str:
        return (
            f"{self.by_name or '-'} {self.get_event_display()} {self.account_name} {self.group_name}".strip()
        )

    def exported(self) -> Exported:
        """Return the act in the format of exports and links."""
        return export_account_act(self)
