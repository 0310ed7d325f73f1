"""Setting: names of reporters and approvers in public, or only their posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from abierto.tenancy.setting_policy import SiteSettingPolicy


@register_setting(icon="user", order=310)
class TraceSettings(BaseSiteSetting):
    """How the public trace of a site names people. Without a row it shows posts (decision 14)."""

    by_post = models.BooleanField(
        _("mostrar el cargo en vez del nombre"),
        default=True,
        help_text=_("En cada página: quién reportó, aprobó o retiró. El cambio queda en el libro."),
    )

    panels = [FieldPanel("by_post")]

    class Meta:
        verbose_name = _("traza pública")

    @classmethod
    def get_permission_policy(cls) -> SiteSettingPolicy:
        """Return who may change it."""
        return SiteSettingPolicy(cls)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
