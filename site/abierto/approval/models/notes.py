"""The note of the author to the reviewers."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from abierto.text import VisibleTextModel

NOTE_LENGTH = 1000


class SubmissionNote(VisibleTextModel):
    """A note for the reviewer, sent with a submission; each submission may have its own."""

    workflow_state = models.ForeignKey(
        WorkflowState, verbose_name=_("revisión"), on_delete=models.CASCADE, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("quien envió"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    text = models.TextField(_("nota para quien revisa"), max_length=NOTE_LENGTH)
    created_at = models.DateTimeField(_("fecha"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("nota de un envío")
        verbose_name_plural = _("notas de los envíos")

    def __str__(self) -> str:
        return self.text[:60]
