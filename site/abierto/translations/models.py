"""The version of the source on which a translation is based."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class TranslatedSource(models.Model):
    """Digests of the strings of the source on which draft and public version of a translation are based.

    ``stale_since`` is when the source was published with other strings than the public translation has.
    ``machine_texts`` are the digests of the machine-made texts of its drafts, and ``machine_approved_at`` is
    when a version with one of them was approved.
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
