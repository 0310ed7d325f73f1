"""The terms by which the portal reminds people, set on screen by the state's administrators."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

AT_LEAST_ONE = MinValueValidator(1, _("Escribe al menos un día."))
LONGEST_GUEST_DAYS = 60
NO_MORE_THAN_LONGEST = MaxValueValidator(LONGEST_GUEST_DAYS, _("Escribe sesenta días como mucho."))


@register_setting(icon="time", order=300)
class ReviewingSettings(BaseGenericSetting):
    """How many days each thing may wait."""

    review_days = models.PositiveSmallIntegerField(
        _("una revisión espera a lo más (días)"),
        default=5,
        validators=[AT_LEAST_ONE],
        help_text=_("Después se avisa a la administración de su espacio."),
    )
    state_days = models.PositiveSmallIntegerField(
        _("y sin respuesta, en total (días)"),
        default=10,
        validators=[AT_LEAST_ONE],
        help_text=_("Después se avisa a la administración del equipo estatal."),
    )
    remind_days = models.PositiveSmallIntegerField(
        _("se recuerda un reporte con (días) de anticipación"),
        default=7,
        validators=[AT_LEAST_ONE],
        help_text=_("Quien edita recibe un correo y lo ve en «Qué me falta»."),
    )

    guest_days = models.PositiveSmallIntegerField(
        _("un enlace de lectura vale a lo más (días)"),
        default=14,
        validators=[AT_LEAST_ONE, NO_MORE_THAN_LONGEST],
        help_text=_("Vale también para los que ya existen. Sesenta días como mucho."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("review_days"), FieldPanel("state_days")], heading=_("Revisiones")),
        MultiFieldPanel([FieldPanel("remind_days")], heading=_("Reportes")),
        MultiFieldPanel([FieldPanel("guest_days")], heading=_("Enlaces de lectura")),
    ]

    class Meta:
        verbose_name = _("plazos y avisos")

    def clean(self) -> None:
        """Refuse to tell the state before the space itself."""
        super().clean()
        if self.review_days and self.state_days and self.state_days <= self.review_days:
            raise ValidationError(
                {"state_days": _("El Estado se entera después que el espacio. Escribe más días.")}
            )
