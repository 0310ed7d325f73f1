"""The result of the last check of each municipality's own site."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from abierto.registry.models import Municipality


class SiteState(models.TextChoices):
    """What a check of a site found."""

    ANSWERS = "answers", _("Responde")
    ERROR = "error", _("Responde con un error")
    MOVED = "moved", _("Redirige a otra dirección")
    UNREACHABLE = "unreachable", _("No responde")
    REFUSED = "refused", _("No se visitó: la dirección no es pública")


class SiteCheck(models.Model):
    """One row per municipality, written by ``manage.py check_sites``; it is no content and never public."""

    municipality = models.OneToOneField(
        Municipality, verbose_name=_("municipio"), on_delete=models.CASCADE, related_name="site_check"
    )
    url = models.URLField(_("dirección"))
    state = models.CharField(_("estado"), max_length=12, choices=SiteState)
    detail = models.CharField(_("detalle"), max_length=250, blank=True)
    checked_at = models.DateTimeField(_("revisado"))

    class Meta:
        ordering = ["municipality__name"]
        verbose_name = _("revisión de un sitio")
        verbose_name_plural = _("revisiones de los sitios")

    def __str__(self) -> str:
        return f"{self.url}: {self.get_state_display()}"
