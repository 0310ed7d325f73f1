"""Which notices have gone out: each goes once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from abierto.progress.reporting import Notice


class NoticeKind(models.TextChoices):
    """The notices of a report's due date. The values are those of ``abierto.progress``."""

    SOON = Notice.SOON.value, _("toca pronto")
    PAST = Notice.PAST.value, _("ya tocaba")
    LATE = Notice.LATE.value, _("atrasado")


class Audience(models.TextChoices):
    """To whom a review that waits too long was told."""

    SPACE = "space", _("la administración del espacio")
    STATE = "state", _("la administración del Estado")


class ReportNotice(models.Model):
    """One notice about the report of one commitment that is due on one day."""

    # The translation key: the same in every language, and it outlives the page.
    commitment_key = models.UUIDField(_("compromiso"))
    due_on = models.DateField(_("tocaba el"))
    notice = models.CharField(_("aviso"), max_length=4, choices=NoticeKind)
    sent_at = models.DateTimeField(_("enviado"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("aviso de un reporte")
        verbose_name_plural = _("avisos de los reportes")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment_key", "due_on", "notice"], name="reviewing_one_report_notice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_key} {self.due_on} {self.notice}"


class ReviewNotice(models.Model):
    """One notice about a review that waits too long."""

    task_state = models.ForeignKey(
        TaskState, verbose_name=_("revisión"), on_delete=models.CASCADE, related_name="+"
    )
    audience = models.CharField(_("a quién"), max_length=5, choices=Audience)
    sent_at = models.DateTimeField(_("enviado"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("aviso de una revisión")
        verbose_name_plural = _("avisos de las revisiones")
        constraints = [
            models.UniqueConstraint(fields=["task_state", "audience"], name="reviewing_one_review_notice")
        ]

    def __str__(self) -> str:
        return f"{self.task_state_id} {self.audience}"
