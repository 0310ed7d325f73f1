"""What a municipality publishes elsewhere, as it was last read there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .institutions import Municipality


class HarvestedRecord(models.Model):
    """The record of a municipality at its own address, written by ``manage.py harvest``.

    It is no content of the portal: no person approved it here, and it is in no figure, search or download.
    Not with the municipality's row, which changes only by approval.
    """

    municipality = models.OneToOneField(
        Municipality, verbose_name=_("municipio"), on_delete=models.CASCADE, related_name="harvested"
    )
    #: The address that ``content`` came from.
    url = models.URLField(_("dirección"), blank=True)
    #: The validated record (``abierto.harvest.documents``); empty until the first reading succeeds.
    content = models.JSONField(_("lo que publica"), default=dict, blank=True)
    read_at = models.DateTimeField(_("leído"), null=True)
    failed_at = models.DateTimeField(_("no se pudo leer"), null=True)
    failure = models.TextField(_("por qué no se pudo leer"), blank=True)

    class Meta:
        ordering = ["municipality__name"]
        verbose_name = _("ficha externa de un municipio")
        verbose_name_plural = _("fichas externas de los municipios")

    def __str__(self) -> str:
        return f"{self.municipality}: {self.url}"

    @property
    def is_shown(self) -> bool:
        """Check that its content came from the address that the registry has today."""
        return self.read_at is not None and bool(self.content) and self.url == self.municipality.data_url
