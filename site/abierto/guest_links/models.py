"""Links by which a person without an account reads one version of one page."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Revision

from abierto.deadlines.models import DeadlineSettings
from abierto.text import VisibleTextModel


class GuestLink(VisibleTextModel):
    """A link to one version until a date. The row is the record: after its term two people may delete it."""

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

    @cached_property
    def longest_days(self) -> int:
        """The maximum validity in days, by the current settings."""
        return DeadlineSettings.load().guest_days

    @property
    def closes_at(self) -> datetime.datetime:
        """Return the end of validity: the link's own date, or earlier if the settings require it."""
        return min(self.expires_at, self.created_at + datetime.timedelta(days=self.longest_days))

    @property
    def is_open(self) -> bool:
        """Check that the link is not revoked or expired; ``services.is_usable`` checks its author too."""
        return self.revoked_at is None and self.closes_at > timezone.now()

    def clean(self) -> None:
        """Refuse a date that has passed, or one too far away."""
        super().clean()
        if self.expires_at is None:
            return
        if self.expires_at <= timezone.now():
            raise ValidationError({"expires_at": _("Esa fecha ya pasó. Escribe una que esté por venir.")})
        if self.closes_at < self.expires_at:
            sentence = ngettext(
                "Un enlace vale %(days)s día como mucho. Elige menos.",
                "Un enlace vale %(days)s días como mucho. Elige menos.",
                self.longest_days,
            )
            raise ValidationError({"expires_at": sentence % {"days": self.longest_days}})
