"""A link by which somebody without an account reads one version of one page."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

LONGEST_DAYS = 60


class GuestLink(models.Model):
    """Who let whom read which version, until when. The row stays as the record of it."""

    revision = models.ForeignKey(
        Revision, verbose_name=_("versión"), on_delete=models.CASCADE, related_name="+"
    )
    guest = models.CharField(
        _("para quién"), max_length=160, help_text=_("Nombre o institución de quien va a leer.")
    )
    expires_at = models.DateTimeField(_("vale hasta"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("quien lo hizo"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("hecho"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("revocado"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("quien lo revocó"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("enlace de lectura")
        verbose_name_plural = _("enlaces de lectura")

    def __str__(self) -> str:
        return f"{self.guest}: {self.revision_id}"

    @property
    def is_open(self) -> bool:
        """Whether it still opens."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def state_label(self) -> str:
        """How it stands."""
        if self.revoked_at is not None:
            return str(_("Revocado"))
        return str(_("Abierto") if self.is_open else _("Venció"))

    def clean(self) -> None:
        """Refuse a date that has passed, or one too far away."""
        super().clean()
        if self.expires_at is None:
            return
        left = self.expires_at - timezone.now()
        if left <= timedelta():
            raise ValidationError({"expires_at": _("Esa fecha ya pasó. Escribe una que esté por venir.")})
        if left > timedelta(days=LONGEST_DAYS):
            raise ValidationError({"expires_at": _("Un enlace vale sesenta días como mucho. Elige menos.")})
