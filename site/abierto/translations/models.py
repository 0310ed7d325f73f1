"""What of the source a translation shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class TranslatedSource(models.Model):
    """The strings of the source from which a translation was made, as digests of all of them.

    ``stale_since`` is the moment when the source was published with other strings than those of the public
    translation. ``machine_texts`` are the digests of the machine-made texts of its drafts,
    ``machine_approved_at`` is the moment when a person approved a version with one of them.
    """

    translation = models.OneToOneField(
        Translation, verbose_name=_("traducción"), on_delete=models.CASCADE, related_name="+"
    )
    drafted = models.CharField(_("del borrador"), max_length=64, blank=True)
    published = models.CharField(_("de lo público"), max_length=64, blank=True)
    stale_since = models.DateTimeField(_("atrasada desde"), null=True, blank=True)
    machine_texts = models.JSONField(_("textos de máquina"), default=list, db_default=[], blank=True)
    machine_approved_at = models.DateTimeField(_("textos de máquina aprobados el"), null=True, blank=True)

    class Meta:
        verbose_name = _("original de una traducción")
        verbose_name_plural = _("originales de traducciones")

    def __str__(self) -> str:
        return str(self.translation_id)
