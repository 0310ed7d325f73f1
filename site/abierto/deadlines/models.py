"""Sent notices, each unique, and the settings of the deadlines."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import TaskState

from abierto.progress.reporting import Notice


class NoticeKind(models.TextChoices):
    """The notices of a report's due date. The values are those of ``abierto.progress``."""

    SOON = Notice.SOON.value, _("toca pronto")
    PAST = Notice.PAST.value, _("ya tocaba")
    LATE = Notice.LATE.value, _("atrasado")


class Audience(models.TextChoices):
    """The recipients of a notice about an overdue review."""

    SPACE = "space", _("la administración del espacio")
    STATE = "state", _("la administración del Estado")


class SentNotice(models.Model):
    """A notice that was sent; subclasses define what makes it unique."""

    sent_at = models.DateTimeField(_("enviado"), default=timezone.now, editable=False)

    class Meta:
        abstract = True


class ReportNotice(SentNotice):
    """One notice about the report of one commitment that is due on one day."""

    # The translation key: the same in every language, and it outlives the page.
    commitment_key = models.UUIDField(_("compromiso"))
    due_on = models.DateField(_("tocaba el"))
    notice = models.CharField(_("aviso"), max_length=4, choices=NoticeKind)

    class Meta:
        verbose_name = _("aviso de un reporte")
        verbose_name_plural = _("avisos de los reportes")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment_key", "due_on", "notice"], name="deadlines_one_report_notice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_key} {self.due_on} {self.notice}"


class ReviewNotice(SentNotice):
    """One notice about a review that waits too long."""

    task_state = models.ForeignKey(
        TaskState, verbose_name=_("revisión"), on_delete=models.CASCADE, related_name="+"
    )
    audience = models.CharField(_("a quién"), max_length=5, choices=Audience)

    class Meta:
        verbose_name = _("aviso de una revisión")
        verbose_name_plural = _("avisos de las revisiones")
        constraints = [
            models.UniqueConstraint(fields=["task_state", "audience"], name="deadlines_one_review_notice")
        ]

    def __str__(self) -> str:
        return f"{self.task_state_id} {self.audience}"


class ObservationEvent(models.TextChoices):
    """The events of an observation that are notified by e-mail."""

    ISSUED = "issued", _("se publicó")
    SOON = "soon", _("se acerca el plazo")
    LATE = "late", _("pasó el plazo")
    ANSWERED = "answered", _("se respondió")
    CLOSED = "closed", _("se cerró")


class ObservationNotice(SentNotice):
    """One notice about an observation or, for ``ANSWERED``, about an answer."""

    # The translation key: the same in every language, and it outlives the page.
    page_key = models.UUIDField(_("observación o respuesta"))
    event = models.CharField(_("aviso"), max_length=8, choices=ObservationEvent)

    class Meta:
        verbose_name = _("aviso de una observación")
        verbose_name_plural = _("avisos de las observaciones")
        constraints = [
            models.UniqueConstraint(fields=["page_key", "event"], name="deadlines_one_observation_notice")
        ]

    def __str__(self) -> str:
        return f"{self.page_key} {self.event}"


AT_LEAST_ONE = MinValueValidator(1, _("Escribe al menos un día."))
LONGEST_GUEST_DAYS = 60
NO_MORE_THAN_LONGEST = MaxValueValidator(LONGEST_GUEST_DAYS, _("Escribe sesenta días como mucho."))


@register_setting(icon="time", order=300)
class DeadlineSettings(BaseGenericSetting):
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
        help_text=_(
            "Quien edita recibe un correo y lo ve en «Qué me falta»."
            " El plazo de una observación llega solo por correo."
        ),
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
        """Refuse to notify the state before the space."""
        super().clean()
        if self.review_days and self.state_days and self.state_days <= self.review_days:
            raise ValidationError(
                {"state_days": _("El Estado se entera después que el espacio. Escribe más días.")}
            )
