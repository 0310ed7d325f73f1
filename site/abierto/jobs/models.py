"""The last run of each periodic job."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How the last run of a job ended."""

    RUNNING = "running", _("en curso")
    DONE = "done", _("bien")
    FAILED = "failed", _("falló")


class JobRun(models.Model):
    """The last run of a job, and when it is due again."""

    command = models.CharField(_("trabajo"), max_length=120, primary_key=True)
    next_at = models.DateTimeField(_("siguiente vez"), default=timezone.now)
    started_at = models.DateTimeField(_("empezó"), null=True)
    finished_at = models.DateTimeField(_("terminó"), null=True)
    outcome = models.CharField(_("cómo terminó"), max_length=8, choices=Outcome, blank=True)
    error = models.TextField(_("último error"), blank=True)

    class Meta:
        verbose_name = _("trabajo periódico")
        verbose_name_plural = _("trabajos periódicos")

    def __str__(self) -> str:
        return self.command
