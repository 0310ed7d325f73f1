"""What of the source a translation shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class TranslatedSource(models.Model):
    """The strings of the source from which a translation was made, as digests of all of them.

    ``stale_since`` is the moment when the source was published with other strings than those of the public
    translation.
    """

    translation = models.OneToOneField(
        Translation, verbose_name=_("traducción"), on_delete=models.CASCADE, related_name="+"
    )
    drafted = models.CharField(_("del borrador"), max_length=64, blank=True)
    published = models.CharField(_("de lo público"), max_length=64, blank=True)
    stale_since = models.DateTimeField(_("atrasada desde"), null=True, blank=True)

    class Meta:
        verbose_name = _("original de una traducción")
        verbose_name_plural = _("originales de traducciones")

    def __str__(self) -> str:
        return str(self.translation_id)
