"""Whether the public reads the names of those who report and approve, or only their posts."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy


class WholePortalPolicy(ModelPermissionPolicy):
    """A user who may change the setting of one site may change that of each.

    Rights by site would cost one more query on every screen of the admin, whose menu asks for them.
    """

    def sites_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Site]:
        """Return the sites whose setting ``user`` may change."""
        return Site.objects.all() if self.user_has_permission(user, action) else Site.objects.none()


@register_setting(icon="user", order=310)
class TraceSettings(BaseSiteSetting):
    """How the public trace of one site names people. Without a row it shows posts (decision 14)."""

    by_post = models.BooleanField(
        _("mostrar el cargo en vez del nombre"),
        default=True,
        help_text=_("En cada página: quién reportó, aprobó o retiró. El cambio queda en el libro."),
    )

    panels = [FieldPanel("by_post")]

    class Meta:
        verbose_name = _("traza pública")

    @classmethod
    def get_permission_policy(cls) -> WholePortalPolicy:
        """Return who may change it."""
        return WholePortalPolicy(cls)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
